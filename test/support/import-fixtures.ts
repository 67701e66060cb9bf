type Fixture = { readonly file: string; readonly imports: string; readonly breaks: string | null };

/** What the fixtures import: one small file of each layer. */
export const importTargets: Record<string, string> = {
  'src/contract/run.ts': 'export const run = 1; export type Run = 1;',
  'src/schemas/run.ts': 'export const schema = 1;',
  'src/db/rows.ts': 'export const rows = 1; export type Rows = 1;',
  'src/api/runs-api.ts': 'export type RunsApi = 1;',
  'src/api/service/service.ts': 'export const service = 1;',
  'src/up/main.ts': 'export const up = 1;',
  'src/gateway/routes/list.ts': 'export const list = 1;',
  'activities/records/api.ts': 'export type Records = 1;',
  'activities/records/store.ts': 'export const store = 1; export type Store = 1;',
  'workflows/planning/contract.ts': 'export const contract = 1; export type Contract = 1;',
  'workflows/planning/state.ts': 'export const state = 1;',
  'workflows/kernel/run.ts': 'export const kernel = 1;',
  'src/files/second.ts': "import { first } from './first.ts'; export const second = first;",
  'workflows/catalog.ts': 'export const catalog = 1;',
};

/** Files that break one import rule each, and files that must not break any (`breaks: null`). */
export const importFixtures: readonly Fixture[] = [
  { file: 'src/contract/bad.ts', imports: "import { z } from 'zod';", breaks: 'contract-imports-nothing' },
  {
    file: 'src/contract/worse.ts',
    imports: "import type { Rows } from '../db/rows.ts';",
    breaks: 'contract-imports-nothing',
  },
  { file: 'src/contract/good.ts', imports: "import { run } from './run.ts';", breaks: null },
  {
    file: 'src/schemas/bad.ts',
    imports: "import { rows } from '../db/rows.ts';",
    breaks: 'schemas-are-zod-and-contract',
  },
  {
    file: 'src/schemas/good.ts',
    imports: "import { z } from 'zod'; import { run } from '../contract/run.ts';",
    breaks: null,
  },
  {
    file: 'workflows/planning/prompts.ts',
    imports: "import { join } from 'node:path';",
    breaks: 'workflow-contracts-are-pure',
  },
  {
    file: 'workflows/planning/operations.ts',
    imports: "import { store } from '../../activities/records/store.ts';",
    breaks: 'workflow-contracts-are-pure',
  },
  {
    file: 'workflows/planning/draft.ts',
    imports: "import { kernel } from '../kernel/run.ts';",
    breaks: 'workflow-contracts-are-pure',
  },
  {
    file: 'workflows/planning/outputs.ts',
    imports: "import { z } from 'zod'; import { contract } from './contract.ts';",
    breaks: null,
  },
  {
    file: 'workflows/planning/workflow.ts',
    imports: "import { contract } from './contract.ts';",
    breaks: 'sandbox-values',
  },
  {
    file: 'workflows/planning/process/rounds.ts',
    imports: "import { kernel } from '../../kernel/run.ts'; import type { contract } from '../contract.ts';",
    breaks: null,
  },
  {
    file: 'workflows/planning/process/reading.ts',
    imports: "import { z } from 'zod';",
    breaks: 'sandbox-values',
  },
  { file: 'workflows/kernel/zod.ts', imports: "import { z } from 'zod';", breaks: 'sandbox-values' },
  { file: 'workflows/kernel/node.ts', imports: "import { inspect } from 'node:util';", breaks: 'sandbox-values' },
  {
    file: 'workflows/kernel/activity.ts',
    imports: "import type { Store } from '../../activities/records/store.ts';",
    breaks: 'sandbox-types',
  },
  {
    file: 'workflows/research/workflow.ts',
    imports: `import { proxyActivities } from '@temporalio/workflow';
import { run } from '../../src/contract/run.ts';
import { state } from '../planning/state.ts';
import { kernel } from '../kernel/run.ts';
import type { Contract } from '../planning/contract.ts';
import type { Records } from '../../activities/records/api.ts';`,
    breaks: null,
  },
  {
    file: 'activities/model/call.ts',
    imports: "import { kernel } from '../../workflows/kernel/run.ts';",
    breaks: 'activities-stay-effects',
  },
  {
    file: 'activities/model/route.ts',
    imports: "import { list } from '../../src/gateway/routes/list.ts';",
    breaks: 'activities-stay-effects',
  },
  {
    file: 'activities/model/good.ts',
    imports: "import { catalog } from '../../workflows/catalog.ts'; import { rows } from '../../src/db/rows.ts';",
    breaks: null,
  },
  {
    file: 'activities/model/api.ts',
    imports: "import { store } from '../records/store.ts';",
    breaks: 'activity-interfaces-are-types',
  },
  { file: 'src/api/http-client.ts', imports: "import { rows } from '../db/rows.ts';", breaks: 'client-api-is-plain' },
  {
    file: 'src/gateway/bad.ts',
    imports: "import type { Client } from '@temporalio/client';",
    breaks: 'gateway-serves-an-interface',
  },
  {
    file: 'src/gateway/worse.ts',
    imports: "import { rows } from '../db/rows.ts';",
    breaks: 'gateway-serves-an-interface',
  },
  { file: 'src/gateway/good.ts', imports: "import type { RunsApi } from '../api/runs-api.ts';", breaks: null },
  {
    file: 'src/cli/bad.ts',
    imports: "import { service } from '../api/service/service.ts';",
    breaks: 'clients-use-http',
  },
  {
    file: 'src/cli/worse.ts',
    imports: "import type { Client } from '@temporalio/client';",
    breaks: 'clients-know-no-engine',
  },
  {
    file: 'src/cli/worst.ts',
    imports: "export const load = () => import('../db/rows.ts');",
    breaks: 'clients-load-only-roots',
  },
  { file: 'src/cli/good.ts', imports: "export const load = () => import('../up/main.ts');", breaks: null },
  {
    file: 'src/db/bad.ts',
    imports: "import { service } from '../api/service/service.ts';",
    breaks: 'libraries-know-no-application',
  },
  { file: 'src/models/bad.ts', imports: "import { up } from '../up/main.ts';", breaks: 'only-roots-wire' },
  {
    file: 'src/worker/good.ts',
    imports: "import { rows } from '../db/rows.ts'; import { up } from '../up/main.ts';",
    breaks: null,
  },
  { file: 'src/files/dev.ts', imports: "import { test } from 'vitest';", breaks: 'no-dev-dependencies' },
  { file: 'src/files/missing.ts', imports: "import { nothing } from './nothing.ts';", breaks: 'no-unresolved' },
  {
    file: 'src/files/first.ts',
    imports: "import { second } from './second.ts'; export const first = second;",
    breaks: 'no-cycles',
  },
];
