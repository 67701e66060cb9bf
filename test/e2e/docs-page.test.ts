import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDataDir, removeDataDir, startUp } from '../cli/support/up.ts';
import type { Up } from '../cli/support/up.ts';
import { openBrowser, openPage } from './support/browser.ts';
import type { Watched } from './support/browser.ts';

let up: Up;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  up = await startUp(await newDataDir());
  browser = await openBrowser();
  watched = await openPage(browser, up.url);
  await watched.page.goto(`${up.url}/docs`);
});

afterAll(async () => {
  await browser.close();
  await up.stop();
  await removeDataDir(up.dataDir);
});

describe('the docs page', () => {
  test('shows the groups of the API and their calls', async () => {
    const { page } = watched;
    for (const group of ['Runs', 'Review', 'Records']) {
      await page.locator('.opblock-tag', { hasText: group }).first().waitFor({ timeout: 30_000 });
    }
    await page.locator('#operations-Runs-startRun .opblock-summary').click();
    await page.getByText('dedupKey').first().waitFor({ timeout: 30_000 });
  });

  test('takes a token and makes a call with it from the page', async () => {
    const { page } = watched;
    const { token } = await up.json<{ token: string }>('tokens', 'create', 'docs');
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.locator('.auth-container input').first().fill(token);
    await page.locator('.auth-btn-wrapper button.authorize').click();
    await page.locator('.auth-btn-wrapper button.btn-done').click();
    const call = page.locator('#operations-Runs-listWorkflowTypes');
    await call.locator('.opblock-summary').click();
    await call.getByRole('button', { name: 'Try it out' }).click();
    await call.getByRole('button', { name: 'Execute' }).click();
    await call.locator('.live-responses-table', { hasText: 'project_planning' }).waitFor({ timeout: 30_000 });
  });

  test('asked no other host for anything, and nothing was refused by its own policy', () => {
    expect(watched.foreign).toEqual([]);
    expect(watched.errors).toEqual([]);
  });
});
