import { access } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The installed Chromium. Fails with what to install when there is none. */
export async function openBrowser(): Promise<Browser> {
  for (const place of places) {
    const found = await access(place).then(
      () => true,
      () => false,
    );
    if (found) return await chromium.launch({ executablePath: place, headless: true, args: flags });
  }
  throw new Error('These tests need Chromium: apt-get install chromium');
}

export type Watched = {
  readonly page: Page;
  /** Addresses on other hosts that the page asked for; none of them was let through. */
  readonly foreign: string[];
  /** Errors of the page: thrown ones, and what it wrote to its console as such (refused by policy included). */
  readonly errors: string[];
};

/** A page that can reach `origin` alone. */
export async function openPage(browser: Browser, origin: string): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 1000 },
    timezoneId: 'UTC',
    locale: 'en',
  });
  const foreign: string[] = [];
  const errors: string[] = [];
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const local = url.protocol === 'data:' || url.protocol === 'blob:' || url.origin === origin;
    if (!local) foreign.push(url.href);
    await (local ? route.continue() : route.abort());
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return { page, foreign, errors };
}
