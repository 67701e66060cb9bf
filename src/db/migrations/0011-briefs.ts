import type { MigrationScript } from './migration-script.ts';
import {
  createdColumn,
  oneOf,
  ownReference,
  ownedBy,
  ownerColumn,
  touched,
  updatedColumn,
} from './migration-script.ts';

const taskEventLinks = [
  `create table task_event_links (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     task_id uuid not null,
     event_uid text not null,
     recurrence_id text,
     role text not null ${oneOf('role', ['preparation', 'follow_up', 'work'])},
     run_id uuid,
     ${createdColumn},
     unique nulls not distinct (task_id, event_uid, recurrence_id, role),
     ${ownReference('task_id', 'tasks', 'cascade')},
     ${ownReference('run_id', 'agentic_workflows', 'set null')}
   )`,
  'create index idx_task_event_links_event on task_event_links (user_id, event_uid)',
  'create index idx_task_event_links_run on task_event_links (run_id)',
  ...ownedBy('task_event_links'),
];

const dailyBriefs = [
  `create table daily_briefs (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     brief_date date not null,
     time_zone text not null,
     content text not null,
     insights text,
     priority_actions jsonb not null default '[]',
     project_briefs jsonb not null default '[]',
     metadata jsonb,
     run_id uuid,
     ${createdColumn},
     ${updatedColumn},
     unique (user_id, brief_date),
     unique (user_id, id),
     ${ownReference('run_id', 'agentic_workflows', 'set null')}
   )`,
  'create index idx_daily_briefs_run on daily_briefs (run_id)',
  touched('daily_briefs'),
  ...ownedBy('daily_briefs'),
];

export const briefTables: MigrationScript = {
  name: '0011-briefs',
  statements: [...taskEventLinks, ...dailyBriefs],
};
