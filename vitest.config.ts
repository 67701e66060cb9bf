import { defineConfig } from 'vitest/config';

const temporal = './test/support/temporal-server.ts';

type Suite = {
  readonly name: string;
  readonly order: number;
  readonly globalSetup?: string;
  readonly timeoutMs?: number;
};

// Groups run one after the other: two cores carry one Temporal server and its workers, not two suites that race for them.
const suites: readonly Suite[] = [
  { name: 'unit', order: 0 },
  { name: 'db', order: 1, timeoutMs: 60_000 },
  { name: 'replay', order: 2, timeoutMs: 60_000 },
  { name: 'workflow', order: 3, globalSetup: temporal, timeoutMs: 60_000 },
  { name: 'api', order: 4, globalSetup: temporal, timeoutMs: 60_000 },
  { name: 'cli', order: 5, globalSetup: temporal, timeoutMs: 60_000 },
  { name: 'e2e', order: 6, globalSetup: temporal, timeoutMs: 180_000 },
  { name: 'chaos', order: 7, globalSetup: temporal, timeoutMs: 300_000 },
];

function project({ name, order, globalSetup, timeoutMs }: Suite) {
  return {
    test: {
      name,
      include: name === 'unit' ? ['test/unit/**/*.test.ts', 'test/*.test.ts'] : [`test/${name}/**/*.test.ts`],
      globalSetup: globalSetup === undefined ? [] : [globalSetup],
      testTimeout: timeoutMs ?? 20_000,
      hookTimeout: timeoutMs ?? 20_000,
      maxWorkers: name === 'unit' ? 2 : 1,
      sequence: { groupOrder: order },
      env: { TZ: 'UTC' },
    },
  };
}

export default defineConfig({
  test: {
    pool: 'forks',
    passWithNoTests: true,
    projects: suites.map((suite) => ({ extends: true as const, ...project(suite) })),
    coverage: { include: ['src/**', 'activities/**', 'workflows/**'], provider: 'v8' },
  },
});
