import type { MigrationScript } from './migration-script.ts';

/** Which model was asked and why; what a run was expected to take. */
export const estimates: MigrationScript = {
  name: '0009-estimates',
  statements: [
    'alter table agentic_workflows add column estimate jsonb',
    'alter table agentic_workflow_steps add column choice jsonb',
    'alter table llm_usage_logs add column choice jsonb',
  ],
};
