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

const calendar = [
  `create table calendar_events (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     calendar_id text not null default 'local',
     uid text not null,
     recurrence_id text,
     title text not null default '',
     description text,
     location text,
     start_at timestamptz(3) not null,
     end_at timestamptz(3) not null,
     all_day boolean not null default false,
     time_zone text,
     rrule text,
     ics text,
     status text not null default 'confirmed' ${oneOf('status', ['confirmed', 'tentative', 'cancelled'])},
     transparency text not null default 'opaque' ${oneOf('transparency', ['opaque', 'transparent'])},
     source text not null ${oneOf('source', ['import', 'steward', 'manual'])},
     task_id uuid,
     run_id uuid,
     etag text,
     deleted_at timestamptz(3),
     ${createdColumn},
     ${updatedColumn},
     check (end_at >= start_at),
     unique (user_id, calendar_id, uid),
     ${ownReference('task_id', 'tasks', 'set null')},
     ${ownReference('run_id', 'agentic_workflows', 'set null')}
   )`,
  'create index idx_calendar_events_user on calendar_events (user_id, start_at, end_at)',
  'create index idx_calendar_events_task on calendar_events (task_id)',
  'create index idx_calendar_events_run on calendar_events (run_id)',
  touched('calendar_events'),
  ...ownedBy('calendar_events'),
  `create table calendar_feeds (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     secret_hash text not null unique,
     ${createdColumn}
   )`,
  'create index idx_calendar_feeds_user on calendar_feeds (user_id)',
  ...ownedBy('calendar_feeds'),
];

const recurring = [
  `create table recurring_task_instances (
     id uuid primary key default gen_random_uuid(),
     task_id uuid not null,
     ${ownerColumn},
     instance_date date not null,
     status text not null default 'pending' ${oneOf('status', ['pending', 'in_progress', 'completed', 'cancelled'])},
     completed_at timestamptz(3),
     skipped boolean,
     calendar_event_id text,
     ${createdColumn},
     unique (task_id, instance_date),
     ${ownReference('task_id', 'tasks', 'cascade')}
   )`,
  'create index idx_recurring_task_instances_user on recurring_task_instances (user_id, instance_date)',
  ...ownedBy('recurring_task_instances'),
];

const notifications = [
  `create table notification_events (
     id uuid primary key default gen_random_uuid(),
     event_type text not null,
     event_source text not null ${oneOf('event_source', ['worker_job', 'web_app', 'scheduler'])},
     target_user_id uuid references users (id) on delete cascade,
     actor_user_id uuid references users (id) on delete set null,
     payload jsonb not null,
     metadata jsonb,
     correlation_id text,
     ${createdColumn}
   )`,
  'create index idx_notification_events_target on notification_events (target_user_id, created_at)',
  'create index idx_notification_events_actor on notification_events (actor_user_id)',
  ...ownedBy('notification_events', 'target_user_id'),
  `create table notification_deliveries (
     id uuid primary key default gen_random_uuid(),
     event_id uuid references notification_events (id) on delete cascade,
     recipient_user_id uuid not null references users (id) on delete cascade,
     channel text not null ${oneOf('channel', ['email', 'sms', 'push', 'in_app'])},
     status text not null default 'pending' ${oneOf('status', ['pending', 'sent', 'delivered', 'failed'])},
     payload jsonb not null,
     channel_identifier text,
     external_id text,
     tracking_id text,
     correlation_id text,
     attempts int not null default 0,
     max_attempts int not null default 3,
     last_error text,
     ${createdColumn},
     sent_at timestamptz(3),
     delivered_at timestamptz(3)
   )`,
  'create index idx_notification_deliveries_recipient on notification_deliveries (recipient_user_id, created_at)',
  'create index idx_notification_deliveries_event on notification_deliveries (event_id)',
  `create index idx_notification_deliveries_pending on notification_deliveries (created_at) where status = 'pending'`,
  ...ownedBy('notification_deliveries', 'recipient_user_id'),
];

export const calendarTables: MigrationScript = {
  name: '0006-calendar',
  statements: [...calendar, ...recurring, ...notifications],
};
