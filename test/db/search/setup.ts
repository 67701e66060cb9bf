import { afterAll, beforeAll, beforeEach } from 'vitest';
import { searchSources } from '../../../src/db/search.ts';
import type { SearchHit } from '../../../src/db/search.ts';
import type { OpenedDatabase } from '../../../src/db/database.ts';
import { startTimeoutMs } from '../support/backends.ts';
import type { TestDatabase } from '../support/backends.ts';
import { newUser } from '../support/rows.ts';

/** A database for a describe block, with a fresh user, Ada, for each test; Ada is who searches. */
export type SearchWorld = {
  readonly database: () => OpenedDatabase;
  readonly ada: () => string;
  readonly note: (title: string, content?: string, userId?: string) => Promise<string>;
  readonly find: (query: string, more?: Partial<Parameters<typeof searchSources>[1]>) => Promise<SearchHit[]>;
  readonly titles: (query: string) => Promise<string[]>;
};

export function useSearch(start: () => Promise<TestDatabase>): SearchWorld {
  let test: TestDatabase;
  let ada: string;
  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  afterAll(() => test.stop());
  beforeEach(async () => {
    ada = await newUser(test.database);
  });
  const find: SearchWorld['find'] = async (query, more = {}) => {
    const params = { userId: ada, query, limit: 20, ...more };
    return await test.database.asUser(ada, (tx) => searchSources(tx, params));
  };
  return {
    database: () => test.database,
    ada: () => ada,
    async note(title, content = '', userId = ada) {
      const values = { user_id: userId, title, content };
      const insert = test.database.asUser(userId, (tx) =>
        tx.insertInto('notes').values(values).returning('id').executeTakeFirstOrThrow(),
      );
      return (await insert).id;
    },
    find,
    titles: async (query) => (await find(query)).map(({ title }) => title),
  };
}
