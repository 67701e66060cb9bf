import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createLocalCalendar } from '../../../src/calendar/local/provider.ts';
import type { CalendarProvider, NewEvent } from '../../../src/calendar/provider.ts';
import type { Database } from '../../../src/db/database.ts';
import { saveUserContext } from '../../../src/db/records/user-context.ts';
import { startTimeoutMs } from '../support/backends.ts';
import type { TestDatabase } from '../support/backends.ts';
import { newUser } from '../support/rows.ts';

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/ics/${name}.ics`, import.meta.url), 'utf8');
}

/** The calendar of a new person in Berlin for each test. */
export class CalendarTest {
  userId = '';
  #running: TestDatabase | null = null;

  async start(start: () => Promise<TestDatabase>): Promise<void> {
    this.#running = await start();
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  get database(): Database {
    if (this.#running === null) throw new Error('The database is not started.');
    return this.#running.database;
  }

  get calendar(): CalendarProvider {
    return createLocalCalendar({ database: this.database });
  }

  async newPerson(): Promise<void> {
    const userId = await newUser(this.database);
    await this.database.asUser(userId, (tx) => saveUserContext(tx, { userId, changes: { timezone: 'Europe/Berlin' } }));
    this.userId = userId;
  }

  focus(fields: Partial<NewEvent> = {}): NewEvent {
    const span = { start: '2026-03-30T07:00:00Z', end: '2026-03-30T08:30:00Z', timeZone: 'Europe/Berlin' };
    const links = { description: null, taskId: null, runId: null };
    const eventId = '0192d2c1-7d3f-7000-8000-000000000001';
    return { userId: this.userId, eventId, title: 'Focus', ...span, ...links, ...fields };
  }

  async titles(from: string, to: string): Promise<string[]> {
    const { instances } = await this.calendar.listInstances({ userId: this.userId, from, to });
    return instances.map((instance) => `${instance.start} ${instance.title}`);
  }
}

/** Starts a database for the suite around the call. */
export function useCalendar(start: () => Promise<TestDatabase>): CalendarTest {
  const test = new CalendarTest();
  beforeAll(() => test.start(start), startTimeoutMs);
  afterAll(() => test.stop());
  beforeEach(() => test.newPerson());
  return test;
}
