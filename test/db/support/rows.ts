import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database } from '../../../src/db/database.ts';
import { enqueue } from '../../../src/db/outbox.ts';
import { appendEvents } from '../../../src/db/runs/run-events.ts';
import type { Tables } from '../../../src/db/tables.ts';
import { createToken } from '../../../src/db/tokens.ts';
import { ensureUser } from '../../../src/db/users.ts';
import { json } from '../../../src/db/values.ts';

type Tx = Transaction<Tables>;

/** A new user; each test takes its own, so that tests share a database without seeing each other. */
export async function newUser(database: Database): Promise<string> {
  const id = randomUUID();
  await database.asService((tx) => ensureUser(tx, { id, name: 'Ada', timezone: 'UTC' }));
  return id;
}

export async function newRun(tx: Tx, userId: string): Promise<string> {
  const { id } = await tx
    .insertInto('agentic_workflows')
    .values({ user_id: userId, workflow_type: 'project_planning', input: json({}) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function newTask(
  tx: Tx,
  userId: string,
  values: { readonly parent_task_id?: string; readonly project_id?: string; readonly title?: string } = {},
): Promise<string> {
  const { id } = await tx
    .insertInto('tasks')
    .values({ user_id: userId, title: 'Paint the fence', ...values })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function newProject(tx: Tx, userId: string): Promise<string> {
  return (
    await tx
      .insertInto('projects')
      .values({ user_id: userId, name: 'Garden' })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;
}

async function fillRecords(tx: Tx, userId: string): Promise<string> {
  const projectId = await newProject(tx, userId);
  const taskId = await newTask(tx, userId, { project_id: projectId });
  const otherId = await newTask(tx, userId);
  const owned = { user_id: userId, project_id: projectId };
  const now = new Date();
  await tx
    .insertInto('task_dependencies')
    .values({ user_id: userId, task_id: taskId, depends_on_id: otherId })
    .execute();
  const phase = await tx
    .insertInto('phases')
    .values({ ...owned, name: 'Start', order: 1, start_date: now, end_date: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.insertInto('phase_tasks').values({ user_id: userId, phase_id: phase.id, task_id: taskId }).execute();
  await tx.insertInto('notes').values(owned).execute();
  const dump = await tx
    .insertInto('brain_dumps')
    .values({ ...owned, metaData: json(['a']) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('brain_dump_links')
    .values({ user_id: userId, brain_dump_id: dump.id, task_id: taskId })
    .execute();
  await tx.insertInto('user_context').values({ user_id: userId }).execute();
  await tx
    .insertInto('recurring_task_instances')
    .values({ user_id: userId, task_id: taskId, instance_date: '2026-03-01' })
    .execute();
  await tx
    .insertInto('calendar_events')
    .values({ user_id: userId, uid: 'one', start_at: now, end_at: now, source: 'manual' })
    .execute();
  await tx
    .insertInto('files')
    .values({ ...owned, name: 'a.txt', mime_type: 'text/plain', size_bytes: 1, sha256: '0'.repeat(64), text: 'a' })
    .execute();
  await tx.insertInto('calendar_feeds').values({ user_id: userId, secret_hash: randomUUID() }).execute();
  await tx
    .insertInto('task_event_links')
    .values({ user_id: userId, task_id: taskId, event_uid: 'one', role: 'work' })
    .execute();
  await tx
    .insertInto('daily_briefs')
    .values({ user_id: userId, brief_date: '2026-03-01', time_zone: 'UTC', content: 'Dig.' })
    .execute();
  return taskId;
}

async function fillRun(tx: Tx, userId: string): Promise<void> {
  const runId = await newRun(tx, userId);
  const owned = { user_id: userId, run_id: runId };
  await tx
    .insertInto('agentic_workflow_steps')
    .values({ user_id: userId, workflow_id: runId, step_number: 1, step_type: 'model', input: json({}) })
    .execute();
  await tx
    .insertInto('run_requests')
    .values({ ...owned, kind: 'clarification', title: 'When?' })
    .execute();
  await tx
    .insertInto('run_context')
    .values({ ...owned, text: 'More', source: 'user' })
    .execute();
  await tx
    .insertInto('artifacts')
    .values({ ...owned, name: 'a', mime_type: 'text/plain', size_bytes: 1, sha256: '0'.repeat(64) })
    .execute();
  await tx
    .insertInto('transcripts')
    .values({ ...owned, path: 'agent', position: 0, message: json({}) })
    .execute();
  const proposal = await tx
    .insertInto('proposals')
    .values({ ...owned, name: 'plan', revision: 1, digest: 'd', title: 'Plan' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('proposal_operations')
    .values({
      user_id: userId,
      proposal_id: proposal.id,
      operation_id: 'o1',
      position: 0,
      kind: 'create_task',
      payload: json({}),
      title: 'Create',
    })
    .execute();
  await tx
    .insertInto('proposal_choices')
    .values({ id: randomUUID(), user_id: userId, proposal_id: proposal.id, refused: ['o1'] })
    .execute();
  await tx
    .insertInto('effects')
    .values({ ...owned, key: randomUUID(), name: 'apply', request_hash: 'h', attempt: 1 })
    .execute();
  await tx
    .insertInto('llm_usage_logs')
    .values({ ...owned, operation_type: 'plan', model_requested: 'm', model_used: 'm', status: 'success' })
    .execute();
  await tx
    .insertInto('model_answers')
    .values({ user_id: userId, cache_key: randomUUID(), model: 'm', answer: json('yes'), usage: json({}) })
    .execute();
  await appendEvents(tx, { runId, events: [{ changeKey: 'one', type: 'log', data: {} }] });
  await enqueue(tx, { runId, userId, kind: 'start', payload: {} });
}

/** One row at least in every table that belongs to a user. */
export async function fillEveryTable(tx: Tx, userId: string): Promise<void> {
  await fillRecords(tx, userId);
  await fillRun(tx, userId);
  await createToken(tx, { userId, name: 'test', scopes: ['runs'], expiresAt: null });
  await tx
    .insertInto('idempotency_keys')
    .values({ user_id: userId, key: 'k', method: 'POST', path: '/', request_hash: 'h' })
    .execute();
  await tx
    .insertInto('run_schedules')
    .values({
      user_id: userId,
      name: 'Weekly',
      workflow_type: 'sample',
      input: json({}),
      cron: '0 7 * * MON',
      time_zone: 'UTC',
      next_at: '2026-03-02T07:00:00Z',
    })
    .execute();
  await tx
    .insertInto('notification_events')
    .values({ event_type: 'run.completed', event_source: 'worker_job', target_user_id: userId, payload: json({}) })
    .execute();
  await tx
    .insertInto('notification_deliveries')
    .values({ recipient_user_id: userId, channel: 'in_app', payload: json({}) })
    .execute();
}
