import { z } from 'zod';
import { estimateFrom } from '../../contract/estimate.ts';
import type { Estimate as RunEstimate, PastRun } from '../../contract/estimate.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { WorkflowTypeView } from '../../contract/views.ts';
import { estimateRun, readPastRuns } from '../../db/runs/past-runs.ts';
import type { WorkflowContract } from '../../schemas/workflow-contract.ts';
import type { CallContext } from './context.ts';
import { findContract } from './runs/check-start.ts';
import { estimatePrompt } from './runs/estimate-prompt.ts';

type Estimate = NonNullable<WorkflowTypeView['estimate']>;

/** JSON Schema (2020-12) of a zod schema, as one writes it: fields with a default may be left out. */
function jsonSchema(schema: z.ZodType): JsonObject {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))) as JsonObject;
}

function shortEstimate(runs: readonly PastRun[]): Estimate | null {
  const estimate = estimateFrom(runs, []);
  if (estimate.basis === 'none') return null;
  const { costUsd, tokens, seconds } = estimate;
  return {
    runs: runs.length,
    medianCostUsd: costUsd.median,
    medianTokens: tokens.median,
    medianSeconds: seconds.median,
  };
}

async function readRuns(context: CallContext, type: string | null): Promise<ReadonlyMap<string, readonly PastRun[]>> {
  const { userId } = context.caller;
  return await context.database.asUser(userId, async (tx) => await readPastRuns(tx, { userId, type }));
}

function typeView(contract: WorkflowContract, runs: readonly PastRun[] | undefined): WorkflowTypeView {
  const { name, version, title, description, phases, examples } = contract;
  return {
    name,
    version,
    title,
    description,
    phases,
    inputSchema: jsonSchema(contract.input),
    optionsSchema: jsonSchema(contract.options),
    resultSchema: jsonSchema(contract.result),
    examples,
    estimate: shortEstimate(runs ?? []),
  };
}

/** All types that can be started, each with what past runs of it took. */
export async function listWorkflowTypes(context: CallContext): Promise<readonly WorkflowTypeView[]> {
  const runs = await readRuns(context, null);
  return context.catalog.list().map((contract) => typeView(contract, runs.get(contract.name)));
}

/** One type. Throws `unknown_workflow_type` with the known ones. */
export async function getWorkflowType(
  context: CallContext,
  params: { readonly type: string },
): Promise<WorkflowTypeView> {
  const contract = findContract(context.catalog, params.type);
  const runs = await readRuns(context, contract.name);
  return typeView(contract, runs.get(contract.name));
}

const noModels =
  'There is no past run of this type to learn from, and this gateway knows no models to reckon with: give it the settings that the workers have (OPENAI_BASE_URL or OPENAI_API_KEY, STEWARD_MODELS).';

/**
 * What a run of the type will probably take: by past runs phase by phase, before the first by the size of the input.
 * Throws `unknown_workflow_type`.
 */
export async function getEstimate(
  context: CallContext,
  params: { readonly type: string; readonly input?: JsonObject },
): Promise<RunEstimate> {
  const contract = findContract(context.catalog, params.type);
  const { userId } = context.caller;
  const learned = await context.database.asUser(
    userId,
    async (tx) => await estimateRun(tx, { userId, type: contract.name }),
  );
  if (learned.basis !== 'none') return learned;
  if (context.models === null) return { ...learned, message: noModels };
  return estimatePrompt(context.models, contract, params.input ?? {});
}
