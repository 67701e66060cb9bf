import type { MigrationScript } from './migration-script.ts';
import { createdColumn, oneOf, ownReference, ownedBy, ownerColumn } from './migration-script.ts';

// SQLSTATE ST001 becomes `invalid_input`, ST002 `conflict` (src/db/errors.ts).

// Two transactions could each add half of a circle that neither sees: whoever changes the shape of a user's tasks waits for
// the other to commit. Under READ COMMITTED each statement of the trigger then sees what was committed meanwhile.
const lockFunction = `
create function steward_lock_tasks(owner uuid) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('steward.tasks.' || owner::text, 0))
$$`;

const dependencies = [
  `create table task_dependencies (
     task_id uuid not null,
     depends_on_id uuid not null,
     ${ownerColumn},
     kind text not null default 'hard' ${oneOf('kind', ['hard', 'soft'])},
     reason text,
     ${createdColumn},
     primary key (task_id, depends_on_id),
     ${ownReference('task_id', 'tasks', 'cascade')},
     ${ownReference('depends_on_id', 'tasks', 'cascade')}
   )`,
  'create index idx_task_dependencies_depends_on on task_dependencies (depends_on_id)',
  'create index idx_task_dependencies_user on task_dependencies (user_id)',
  ...ownedBy('task_dependencies'),

  `create function task_dependencies_check() returns trigger language plpgsql as $$
   declare
     circle boolean;
   begin
     if new.task_id = new.depends_on_id then
       raise exception using errcode = 'ST001', message = 'A task can''t depend on itself.';
     end if;
     perform steward_lock_tasks(new.user_id);
     with recursive needed (id) as (
       select new.depends_on_id
       union
       select edge.depends_on_id from task_dependencies edge join needed on edge.task_id = needed.id
     )
     select exists (select from needed where id = new.task_id) into circle;
     if circle then
       raise exception using errcode = 'ST001', message = format(
         'Task %s can''t depend on task %s, which depends on it already, directly or through others.', new.task_id, new.depends_on_id);
     end if;
     return new;
   end
   $$`,
  `create trigger task_dependencies_check before insert or update of task_id, depends_on_id on task_dependencies
     for each row execute function task_dependencies_check()`,

  // tasks.dependencies is a copy of the edges; a value written to it directly is replaced by the truth.
  `create function tasks_copy_dependencies() returns trigger language plpgsql as $$
   begin
     new.dependencies := coalesce(
       (select array_agg(depends_on_id order by created_at, depends_on_id) from task_dependencies where task_id = new.id), '{}');
     return new;
   end
   $$`,
  `create trigger tasks_copy_dependencies before insert or update of dependencies on tasks
     for each row execute function tasks_copy_dependencies()`,
  `create function task_dependencies_sync() returns trigger language plpgsql as $$
   begin
     if tg_op <> 'INSERT' then
       update tasks set dependencies = null where id = old.task_id;
     end if;
     if tg_op <> 'DELETE' then
       update tasks set dependencies = null where id = new.task_id;
     end if;
     return null;
   end
   $$`,
  `create trigger task_dependencies_sync after insert or update of task_id, depends_on_id or delete on task_dependencies
     for each row execute function task_dependencies_sync()`,

  `create function tasks_drop_dependencies() returns trigger language plpgsql as $$
   begin
     delete from task_dependencies where task_id = new.id or depends_on_id = new.id;
     return null;
   end
   $$`,
  `create trigger tasks_drop_dependencies after update of deleted_at on tasks
     for each row when (old.deleted_at is null and new.deleted_at is not null) execute function tasks_drop_dependencies()`,
];

const subtasks = [
  `create function tasks_check_parent() returns trigger language plpgsql as $$
   declare
     depth int;
     height int;
     circle boolean;
   begin
     perform steward_lock_tasks(new.user_id);
     with recursive above (id, parent_task_id, depth) as (
       select new.parent_task_id, (select parent_task_id from tasks where id = new.parent_task_id), 1
       union all
       select task.id, task.parent_task_id, above.depth + 1
       from tasks task join above on task.id = above.parent_task_id
       where above.depth < 50
     )
     select max(above.depth), bool_or(above.id = new.id) into depth, circle from above;
     if circle then
       raise exception using errcode = 'ST001', message = 'A task can''t be a subtask of itself, directly or through others.';
     end if;
     with recursive below (id, depth) as (
       select id, 1 from tasks where parent_task_id = new.id
       union all
       select task.id, below.depth + 1 from tasks task join below on task.parent_task_id = below.id
       where below.depth < 50
     )
     select coalesce(max(below.depth), 0) into height from below;
     if depth + height > 5 then
       raise exception using errcode = 'ST001', message = format(
         'Subtasks go at most 5 levels deep; this would make it %s.', depth + height);
     end if;
     return new;
   end
   $$`,
  `create trigger tasks_check_parent before insert or update of parent_task_id on tasks
     for each row when (new.parent_task_id is not null) execute function tasks_check_parent()`,
];

const lifecycle = [
  `create function tasks_check_status() returns trigger language plpgsql as $$
   begin
     if tg_op = 'UPDATE' and new.status <> old.status and not (
       (old.status = 'pending' and new.status in ('in_progress', 'completed', 'cancelled'))
       or (old.status = 'in_progress' and new.status in ('completed', 'cancelled'))
       or (old.status in ('completed', 'cancelled') and new.status = 'pending')
     ) then
       raise exception using errcode = 'ST002', message = format(
         'A task can''t go from %s to %s%s.', old.status, new.status,
         case when old.status in ('completed', 'cancelled') then ': reopen it as pending first' else '' end);
     end if;
     if new.status <> 'completed' then
       new.completed_at := null;
     elsif tg_op = 'UPDATE' and old.status = 'completed' then
       new.completed_at := coalesce(new.completed_at, old.completed_at);
     else
       new.completed_at := coalesce(new.completed_at, now());
     end if;
     return new;
   end
   $$`,
  `create trigger tasks_check_status before insert or update of status, completed_at on tasks
     for each row execute function tasks_check_status()`,
];

export const taskRules: MigrationScript = {
  name: '0003-task-rules',
  statements: [lockFunction, ...dependencies, ...subtasks, ...lifecycle],
};
