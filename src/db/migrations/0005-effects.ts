import type { MigrationScript } from './migration-script.ts';
import { createdColumn, oneOf, ownReference, ownedBy, ownerColumn } from './migration-script.ts';

const runOwner = ownReference('run_id', 'agentic_workflows', 'cascade');

const proposals = [
  `create table proposals (
     id uuid primary key default gen_random_uuid(),
     run_id uuid not null,
     ${ownerColumn},
     name text not null,
     revision int not null,
     digest text not null,
     status text not null default 'open'
       ${oneOf('status', ['open', 'approved', 'rejected', 'withdrawn', 'applied', 'partly_applied', 'undone'])},
     title text not null,
     summary text not null default '',
     notes jsonb not null default '[]',
     undone_at timestamptz(3),
     ${createdColumn},
     decided_at timestamptz(3),
     applied_at timestamptz(3),
     unique (run_id, name, revision),
     unique (user_id, id),
     ${runOwner}
   )`,
  ...ownedBy('proposals'),
  `create table proposal_operations (
     proposal_id uuid not null,
     operation_id text not null,
     position int not null,
     ${ownerColumn},
     kind text not null,
     payload jsonb not null,
     title text not null,
     reason text not null default '',
     requires text[] not null default '{}',
     before jsonb,
     status text not null default 'proposed'
       ${oneOf('status', ['proposed', 'accepted', 'refused', 'applied', 'failed', 'skipped', 'undone'])},
     result jsonb,
     undo jsonb,
     error text,
     primary key (proposal_id, operation_id),
     ${ownReference('proposal_id', 'proposals', 'cascade')}
   )`,
  'create index idx_proposal_operations_user on proposal_operations (user_id)',
  ...ownedBy('proposal_operations'),
];

const effects = [
  `create table effects (
     key text primary key,
     run_id uuid not null,
     ${ownerColumn},
     step_number int,
     name text not null,
     request_hash text not null,
     status text not null default 'started' ${oneOf('status', ['started', 'done', 'unknown', 'failed'])},
     attempt int not null,
     result jsonb,
     error jsonb,
     started_at timestamptz(3) not null default now(),
     finished_at timestamptz(3),
     ${runOwner}
   )`,
  'create index idx_effects_run on effects (run_id)',
  'create index idx_effects_user on effects (user_id)',
  ...ownedBy('effects'),
];

// Usage outlives the run that caused it. A cost column is null when nobody knows the cost, never 0.
const models = [
  `create table llm_usage_logs (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     operation_type text not null,
     model_requested text not null,
     model_used text not null,
     provider text,
     prompt_tokens int not null default 0,
     completion_tokens int not null default 0,
     total_tokens int not null default 0,
     input_cost_usd numeric,
     output_cost_usd numeric,
     total_cost_usd numeric,
     response_time_ms int not null default 0,
     status text not null ${oneOf('status', ['success', 'error', 'timeout', 'unknown', 'invalid'])},
     ${createdColumn},
     run_id uuid,
     step_number int,
     effect_key text,
     bound_usd numeric not null default 0,
     bound_tokens int not null default 0,
     attempt int not null default 1,
     cached boolean not null default false,
     request_hash text,
     error text,
     ${ownReference('run_id', 'agentic_workflows', 'set null')}
   )`,
  'create index idx_llm_usage_logs_user on llm_usage_logs (user_id, created_at)',
  'create index idx_llm_usage_logs_run on llm_usage_logs (run_id, step_number)',
  'create index idx_llm_usage_logs_effect on llm_usage_logs (effect_key)',
  ...ownedBy('llm_usage_logs'),
  `create table model_answers (
     cache_key text primary key,
     ${ownerColumn},
     model text not null,
     answer jsonb not null,
     usage jsonb not null,
     ${createdColumn}
   )`,
  'create index idx_model_answers_user on model_answers (user_id, created_at)',
  ...ownedBy('model_answers'),
];

// xact lets a reader of all runs stop before transactions that are still open (src/db/runs/run-events.ts).
const events = [
  `create table run_events (
     id bigint generated always as identity primary key,
     run_id uuid not null,
     ${ownerColumn},
     seq int not null,
     change_key text not null,
     type text not null,
     data jsonb not null,
     xact xid8 not null default pg_current_xact_id(),
     ${createdColumn},
     unique (run_id, seq),
     unique (run_id, change_key),
     ${runOwner}
   )`,
  'create index idx_run_events_user on run_events (user_id, xact, id)',
  ...ownedBy('run_events'),
  `create table outbox (
     id bigint generated always as identity primary key,
     run_id uuid not null,
     ${ownerColumn},
     kind text not null,
     payload jsonb not null,
     ${createdColumn},
     attempts int not null default 0,
     next_attempt_at timestamptz(3) not null default now(),
     last_error text,
     done_at timestamptz(3),
     ${runOwner}
   )`,
  'create index idx_outbox_open on outbox (next_attempt_at) where done_at is null',
  'create index idx_outbox_run on outbox (run_id)',
  'create index idx_outbox_user on outbox (user_id)',
  ...ownedBy('outbox'),
];

export const effectTables: MigrationScript = {
  name: '0005-effects',
  statements: [...proposals, ...effects, ...models, ...events],
};
