import type { ActivityDeps } from '../../../activities/deps.ts';
import { sql } from 'kysely';
import { json } from '../../../src/db/values.ts';
import type { BaselineActivities } from '../api.ts';
import { addEvent, notify } from './events.ts';

/** Register, phases, saved steps and the end: each a transaction of a few rows. */
export function createRunActivities(
  deps: ActivityDeps,
): Pick<BaselineActivities, 'register' | 'enterPhase' | 'saveStep' | 'finish'> {
  return {
    register: async ({ runId, userId, input, workflowId, temporalRunId }) => {
      const run = { runId, userId, type: 'project_planning' };
      await deps.database.asService(async (tx) => {
        await tx
          .insertInto('agentic_workflows')
          .values({
            id: runId,
            user_id: userId,
            workflow_type: run.type,
            status: 'running',
            input: json(input),
            name: 'Bench',
            workflow_id: workflowId,
            temporal_run_id: temporalRunId,
            started_by: 'temporal',
          })
          .execute();
        await addEvent(tx, run, { type: 'run.admitted', data: { workflowId } });
      });
      return run;
    },

    enterPhase: async ({ run, phase }) =>
      await deps.database.asService(
        async (tx) => await addEvent(tx, run, { type: 'run.phase', data: { phase }, columns: { phase } }),
      ),

    saveStep: async ({ run, step, output, usage }) =>
      await deps.database.asService(async (tx) => {
        const tokens = usage === null ? 0 : usage.promptTokens + usage.completionTokens;
        await tx
          .updateTable('agentic_workflow_steps')
          .set({
            status: 'completed',
            output: json(output),
            completed_at: deps.now(),
            model_used: usage?.model ?? null,
            tokens_used: tokens,
            cost_usd: usage?.usd ?? 0,
          })
          .where('workflow_id', '=', run.runId)
          .where('step_number', '=', step.number)
          .execute();
        if (usage !== null) {
          await tx
            .insertInto('llm_usage_logs')
            .values({
              user_id: run.userId,
              run_id: run.runId,
              step_number: step.number,
              operation_type: `${run.type}.${step.name}`,
              model_requested: usage.model,
              model_used: usage.model,
              prompt_tokens: usage.promptTokens,
              completion_tokens: usage.completionTokens,
              total_tokens: tokens,
              total_cost_usd: usage.usd,
              response_time_ms: Math.round(usage.ms),
              status: 'success',
            })
            .execute();
        }
        const columns = { total_tokens: sql`total_tokens + ${tokens}::int`, current_step: step.number };
        await addEvent(tx, run, { type: 'step.finished', data: { step: step.number }, columns });
      }),

    finish: async ({ run, result }) =>
      await deps.database.asService(async (tx) => {
        const columns = { status: 'completed', outcome: 'completed', output: json(result), completed_at: deps.now() };
        await addEvent(tx, run, { type: 'run.finished', data: { result }, columns });
        await notify(tx, run, 'run.finished');
      }),
  };
}
