import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestView, RunDetail } from '../../src/contract/views.ts';
import { start, untilAsked } from '../cli/support/journey.ts';
import { newDataDir, removeDataDir, startUp } from '../cli/support/up.ts';
import type { Up } from '../cli/support/up.ts';
import { openBrowser, openPage } from './support/browser.ts';

let up: Up;
let browser: Browser;
let page: Page;
let runId: string;
let request: RequestView;

beforeAll(async () => {
  up = await startUp(await newDataDir());
  browser = await openBrowser();
  runId = await start(up, "Plan my parents' move to Berlin");
  request = await untilAsked(up, runId, 'clarification');
  const { links } = await up.json<RunDetail>('run', runId);
  const address = new URL(links.temporal ?? '');
  ({ page } = await openPage(browser, address.origin));
  await page.goto(address.href);
});

afterAll(async () => {
  await browser.close();
  await up.stop();
  await removeDataDir(up.dataDir);
});

async function openTab(name: string): Promise<void> {
  await page.getByRole('tab', { name }).or(page.getByRole('link', { name })).first().click();
}

// The one of three frames that has no id of its own: summary and details stand before it.
function currentDetails(): FrameLocator {
  return page.locator('iframe[src*="Status"]').contentFrame();
}

// The UI keeps a second copy of much of its page for narrow screens.
function visible(selector: string): Locator {
  return page.locator(selector).filter({ visible: true });
}

async function expectText(text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor({ timeout: 30_000 });
}

describe("in Temporal's Web UI a run", () => {
  test('is one workflow of its type, started with nothing but its id', async () => {
    await expectText(`run-${runId}`);
    await expectText('project_planning');
    await expectText(`"runId": "${runId}"`);
  });

  test('shows its name, what it waits on, each question, and the commands that answer it', async () => {
    await openTab('User Metadata');
    const summary = page.frameLocator('#user-metadata-summary');
    // The UI's Markdown makes another character of the apostrophe.
    await summary.getByText(/Plan my parents\S+ move to Berlin/).waitFor();
    const details = currentDetails();
    await details.getByText('clarification').waitFor();
    for (const { key, question } of request.questions) {
      // Items of a list, not one long line.
      await details.locator('li', { hasText: question }).getByText(key).waitFor();
    }
    await details.getByText(`steward answer ${request.id}`).waitFor();
    await details.getByText(`--workflow-id run-${runId}`).waitFor();
  });

  test('shows the commands whole: no line of them is cut off', async () => {
    const blocks = currentDetails().locator('pre');
    expect(await blocks.count()).toBe(2);
    const widths = await blocks.evaluateAll((elements) =>
      elements.map(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth })),
    );
    for (const { scrollWidth, clientWidth } of widths) expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });

  test('can be found by its search attributes', async () => {
    await openTab('Search Attributes');
    for (const line of [
      '"StewardStatus": "waiting"',
      '"StewardWaitingOn": "clarification"',
      '"StewardPhase": "analyze"',
    ]) {
      await expectText(line);
    }
  });

  test('answers its queries, with what it waits on', async () => {
    await openTab('Queries');
    await visible('[data-testid=query-select-button]').click();
    const options = visible('#query-select-select [role=option]');
    await options.first().waitFor();
    const names = (await options.allTextContents()).map((name) => name.trim());
    for (const name of ['budget', 'pending', 'progress', 'steps'])
      expect(names.join('\n')).toMatch(new RegExp(`^${name}`, 'm'));
    await options.filter({ hasText: /^\s*pending/ }).click();
    await page.getByRole('button', { name: 'Run Query' }).click();
    await expectText(`"requestId": "${request.id}"`);
  });

  test('names its activities by what they do', async () => {
    await openTab('Event History');
    await expectText('Check the input and register the run');
  });

  test('offers its messages as updates, each with a description', async () => {
    await visible('button:has-text("More Actions")').click();
    await visible('[role=menuitem]:has-text("Send an Update")').click();
    await visible('[data-testid=update-select-button]').click();
    const options = visible('#update-select-select [role=option]');
    await options.first().waitFor();
    const offered = (await options.allTextContents()).map((text) => text.trim());
    for (const name of ['answer', 'decide', 'pause', 'resume', 'stop', 'addContext', 'setBudget']) {
      expect(offered).toContainEqual(expect.stringMatching(new RegExp(`^${name}\\s*\\w`)));
    }
  });
});
