import type { MigrationScript } from './migration-script.ts';
import { createdColumn, oneOf, ownedBy, ownerColumn, touched, updatedColumn } from './migration-script.ts';

const attempts = [
  'alter table agentic_workflows add column attempt int not null default 1 check (attempt >= 1)',
  'alter table agentic_workflows add column max_attempts int not null default 1 check (max_attempts between 1 and 10)',
];

// last_run_id has no foreign key: a run that is gone must not take the schedule's memory of its instant along.
const schedules = [
  `create table run_schedules (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     name text not null,
     workflow_type text not null,
     input jsonb not null,
     options jsonb not null default '{}',
     budget jsonb not null default '{}',
     priority int not null default 5 check (priority between 1 and 10),
     max_attempts int not null default 1 check (max_attempts between 1 and 10),
     cron text not null,
     time_zone text not null,
     from_at timestamptz(3),
     until_at timestamptz(3),
     overlap text not null default 'skip' ${oneOf('overlap', ['skip', 'start'])},
     catch_up text not null default 'latest' ${oneOf('catch_up', ['latest', 'skip'])},
     status text not null default 'active' ${oneOf('status', ['active', 'paused', 'finished'])},
     next_at timestamptz(3),
     last_run_at timestamptz(3),
     last_run_id uuid,
     last_skipped_at timestamptz(3),
     last_error text,
     ${createdColumn},
     ${updatedColumn},
     unique (user_id, id),
     check ((status = 'active') = (next_at is not null))
   )`,
  'create index idx_run_schedules_user on run_schedules (user_id, created_at, id)',
  'create index idx_run_schedules_next on run_schedules (next_at) where next_at is not null',
  touched('run_schedules'),
  ...ownedBy('run_schedules'),
  // Messages about schedules go through the outbox too; one that says that a schedule is gone outlives it.
  'alter table outbox alter column run_id drop not null',
];

/** Attempts of runs, and schedules (B15). */
export const queueTables: MigrationScript = { name: '0008-queue', statements: [...attempts, ...schedules] };
