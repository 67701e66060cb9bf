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

const projects = [
  `create table projects (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     name text not null,
     description text,
     context text,
     executive_summary text,
     status text not null default 'active' ${oneOf('status', ['active', 'completed', 'on_hold', 'cancelled'])},
     start_date timestamptz(3),
     end_date timestamptz(3),
     tags text[],
     source text ${oneOf('source', ['brain_dump', 'manual', 'calendar_analysis', 'ai_generated'])},
     ${createdColumn},
     ${updatedColumn},
     unique (user_id, id)
   )`,
  'create index idx_projects_user on projects (user_id, created_at, id)',
  'create index idx_projects_user_status on projects (user_id, status)',
  touched('projects'),
  ...ownedBy('projects'),
];

const tasks = [
  `create table tasks (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     project_id uuid,
     title text not null,
     description text,
     details text,
     task_steps text,
     status text not null default 'pending' ${oneOf('status', ['pending', 'in_progress', 'completed', 'cancelled'])},
     priority text not null default 'medium' ${oneOf('priority', ['low', 'medium', 'high', 'critical'])},
     task_type text not null default 'task' ${oneOf('task_type', ['task', 'milestone', 'recurring'])},
     start_date timestamptz(3),
     deadline timestamptz(3),
     duration_minutes int check (duration_minutes >= 0),
     completed_at timestamptz(3),
     dependencies uuid[] not null default '{}',
     parent_task_id uuid,
     recurrence_pattern text,
     recurrence_ends timestamptz(3),
     source text ${oneOf('source', ['brain_dump', 'manual', 'calendar', 'ai_generated'])},
     source_run_id uuid,
     ${createdColumn},
     ${updatedColumn},
     deleted_at timestamptz(3),
     unique (user_id, id),
     ${ownReference('project_id', 'projects', 'set null')},
     ${ownReference('parent_task_id', 'tasks', 'set null')}
   )`,
  'create index idx_tasks_user on tasks (user_id, created_at, id)',
  'create index idx_tasks_user_status on tasks (user_id, status)',
  'create index idx_tasks_project on tasks (project_id)',
  'create index idx_tasks_parent on tasks (parent_task_id)',
  touched('tasks'),
  ...ownedBy('tasks'),
];

const phases = [
  `create table phases (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     project_id uuid not null,
     name text not null,
     description text,
     "order" int not null,
     start_date timestamptz(3) not null,
     end_date timestamptz(3) not null,
     scheduling_method text,
     ${createdColumn},
     ${updatedColumn},
     unique (user_id, id),
     ${ownReference('project_id', 'projects', 'cascade')}
   )`,
  'create index idx_phases_project on phases (project_id, "order")',
  'create index idx_phases_user on phases (user_id, created_at, id)',
  touched('phases'),
  ...ownedBy('phases'),
  `create table phase_tasks (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     phase_id uuid not null,
     task_id uuid not null,
     "order" int not null default 0,
     assignment_reason text,
     suggested_start_date timestamptz(3),
     ${createdColumn},
     unique (phase_id, task_id),
     ${ownReference('phase_id', 'phases', 'cascade')},
     ${ownReference('task_id', 'tasks', 'cascade')}
   )`,
  'create index idx_phase_tasks_task on phase_tasks (task_id)',
  'create index idx_phase_tasks_user on phase_tasks (user_id)',
  ...ownedBy('phase_tasks'),
];

const notes = [
  `create table notes (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     project_id uuid,
     title text,
     content text,
     category text,
     tags text[],
     ${createdColumn},
     ${updatedColumn},
     unique (user_id, id),
     ${ownReference('project_id', 'projects', 'set null')}
   )`,
  'create index idx_notes_user on notes (user_id, created_at, id)',
  'create index idx_notes_project on notes (project_id)',
  touched('notes'),
  ...ownedBy('notes'),
];

const brainDumps = [
  `create table brain_dumps (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     project_id uuid,
     content text,
     title text,
     status text not null default 'pending' ${oneOf('status', ['pending', 'processing', 'completed', 'failed'])},
     parsed_results jsonb,
     ai_summary text,
     ai_insights text,
     tags text[],
     "metaData" jsonb,
     ${createdColumn},
     ${updatedColumn},
     unique (user_id, id),
     ${ownReference('project_id', 'projects', 'set null')}
   )`,
  'create index idx_brain_dumps_user on brain_dumps (user_id, created_at, id)',
  'create index idx_brain_dumps_project on brain_dumps (project_id)',
  touched('brain_dumps'),
  ...ownedBy('brain_dumps'),
  `create table brain_dump_links (
     id bigint generated by default as identity primary key,
     ${ownerColumn},
     brain_dump_id uuid not null,
     project_id uuid,
     task_id uuid,
     note_id uuid,
     ${createdColumn},
     ${ownReference('brain_dump_id', 'brain_dumps', 'cascade')},
     ${ownReference('project_id', 'projects', 'cascade')},
     ${ownReference('task_id', 'tasks', 'cascade')},
     ${ownReference('note_id', 'notes', 'cascade')}
   )`,
  'create index idx_brain_dump_links_dump on brain_dump_links (brain_dump_id)',
  'create index idx_brain_dump_links_user on brain_dump_links (user_id)',
  ...ownedBy('brain_dump_links'),
];

const userContext = [
  `create table user_context (
     id uuid primary key default gen_random_uuid(),
     user_id uuid not null unique references users (id) on delete cascade,
     background text,
     goals_overview text,
     work_style text,
     communication_style text,
     priorities text,
     focus_areas text,
     productivity_challenges text,
     active_projects text,
     timezone text,
     working_hours jsonb,
     daily_focus_minutes int check (daily_focus_minutes between 0 and 1440),
     extra jsonb,
     ${createdColumn},
     ${updatedColumn}
   )`,
  touched('user_context'),
  ...ownedBy('user_context'),
];

export const records: MigrationScript = {
  name: '0002-records',
  statements: [...projects, ...tasks, ...phases, ...notes, ...brainDumps, ...userContext],
};
