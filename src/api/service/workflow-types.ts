import { z } from 'zod';
import { sql } from 'kysely';
import type { JsonObject } from '../../contract/json.ts';
import type { WorkflowTypeView } from '../../contract/views.ts';
import type { WorkflowContract } from '../../schemas/workflow-contract.ts';
import type { CallContext } from './context.ts';
import { findContract } from './runs/check-start.ts';

type Estimate = NonNullable<WorkflowTypeView['estimate']>;
type EstimateRow = Estimate & { readonly type: string };

/** JSON Schema (2020-12) of a zod schema, as one writes it: fields with a default may be left out. */
function jsonSchema(schema: z.ZodType): JsonObject {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))) as JsonObject;
}

// Medians, not means: one run that went astray should not frighten the next person.
async function readEstimates(context: CallContext): Promise<ReadonlyMap<string, Estimate>> {
  const { rows } = await context.database.asUser(
    context.caller.userId,
    async (tx) =>
      await sql<EstimateRow>`
        select workflow_type as type, count(*)::int as runs,
          percentile_cont(0.5) within group (order by total_cost_usd::float8) as "medianCostUsd",
          (percentile_disc(0.5) within group (order by total_tokens))::int as "medianTokens",
          percentile_cont(0.5) within group (order by extract(epoch from completed_at - started_at)::float8) as "medianSeconds"
        from agentic_workflows
        where status = 'completed' and completed_at is not null and started_at is not null
        group by workflow_type`.execute(tx),
  );
  return new Map(rows.map(({ type, ...estimate }) => [type, estimate]));
}

function typeView(contract: WorkflowContract, estimate: Estimate | undefined): WorkflowTypeView {
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
    estimate: estimate ?? null,
  };
}

/** All types that can be started, each with what past runs of it took. */
export async function listWorkflowTypes(context: CallContext): Promise<readonly WorkflowTypeView[]> {
  const estimates = await readEstimates(context);
  return context.catalog.list().map((contract) => typeView(contract, estimates.get(contract.name)));
}

/** One type. Throws `unknown_workflow_type` with the known ones. */
export async function getWorkflowType(
  context: CallContext,
  params: { readonly type: string },
): Promise<WorkflowTypeView> {
  const contract = findContract(context.catalog, params.type);
  const estimates = await readEstimates(context);
  return typeView(contract, estimates.get(contract.name));
}
