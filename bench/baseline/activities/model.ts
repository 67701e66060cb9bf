import { ApplicationFailure } from '@temporalio/common';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { composeMessages } from '../../../activities/model/compose.ts';
import { outputSchema } from '../../../activities/model/output-schema.ts';
import { gatherFacts } from '../../../activities/support/gather-facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { catalog } from '../../../workflows/catalog.ts';
import type { BaselineActivities } from '../api.ts';
import { startStep } from './start-step.ts';

const silent = { before: async () => await Promise.resolve(), after: async () => await Promise.resolve() };

/** The same facts, prompt, endpoint, client and validation as Steward's; the answer travels through the history. */
export function createModelActivities(deps: ActivityDeps): Pick<BaselineActivities, 'askModel'> {
  return {
    askModel: async ({ run, step }) => {
      const call = catalog.get(run.type)?.calls[step.name];
      if (call === undefined) throw ApplicationFailure.nonRetryable(`No call ${step.name}.`);
      const params: JsonObject = step.slot === null ? {} : { phase: step.slot };
      const facts = await deps.database.asService(async (tx) => {
        await startStep(tx, run, step);
        return await gatherFacts(tx, { deps, run, facts: call.facts });
      });
      const request = {
        operation: `${run.type}.${step.name}`,
        profile: call.profile,
        messages: composeMessages(call.prompt(facts, params)),
        output: outputSchema({ name: `${run.type}.${step.name}`, call, facts, params }),
        temperature: call.temperature,
        maxOutputTokens: call.maxOutputTokens,
        maxRetries: 3,
        grant: { usd: null, tokens: null },
        preferCheaper: false,
        leftUsd: null,
        requestId: `${run.runId}-${step.number}`,
      };
      const answer = await deps.models.complete(request, silent);
      const last = answer.attempts.at(-1);
      if (answer.kind !== 'answered' || last === undefined) throw ApplicationFailure.retryable('No answer.');
      const usage = {
        model: last.modelUsed,
        promptTokens: last.promptTokens,
        completionTokens: last.completionTokens,
        usd: last.totalCostUsd,
        ms: last.responseTimeMs,
      };
      return { output: answer.output, usage };
    },
  };
}
