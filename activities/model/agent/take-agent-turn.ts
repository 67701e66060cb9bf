import { Context } from '@temporalio/activity';
import { StewardError } from '../../../src/contract/errors.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { ModelRequest, ToolTurn } from '../../../src/models/model-service.ts';
import type { AnyAgent } from '../../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../../deps.ts';
import { digestOf } from '../../support/digest.ts';
import { assertNotCancelled } from '../../support/effect-key.ts';
import { asJson } from '../../support/json-value.ts';
import { openToolbox } from '../../tools/toolbox.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { AgentTurnParams, AgentTurnResult } from '../api.ts';
import { recordingHooks, unsettledCost, withCost } from '../ask.ts';
import { heartbeating } from '../heartbeat.ts';
import { beginTurn } from './begin-turn.ts';
import { keepTurn } from './keep-turn.ts';
import { finishTool, readTurn } from './read-turn.ts';

const maxRetries = 2;

function findAgent(deps: ActivityDeps, { run, agent }: AgentTurnParams): AnyAgent {
  const found = deps.catalog.get(run.type)?.agents?.[agent];
  if (found !== undefined) return found;
  throw new StewardError('not_found', `The workflow type ${run.type} has no agent "${agent}".`);
}

/** A name of no tool is the start's fault, and said before anything is paid. */
function checkGrant({ unknown, all }: Toolbox): void {
  if (unknown.length === 0) return;
  const names = unknown.map((name) => `"${name}"`).join(', ');
  const message = `tools: there is no tool ${names}. The tools are: ${all.join(', ')}; or own, outside, <server>__*, and read: before any of these.`;
  const problems = unknown.map((name) => ({ path: 'tools', message: `there is no tool "${name}"` }));
  throw new StewardError('invalid_input', message, { details: { problems } });
}

/** One turn of an agent loop: the transcript is read, the model asked, its words and calls appended. */
export async function takeAgentTurn(deps: ActivityDeps, params: AgentTurnParams): Promise<AgentTurnResult> {
  const agent = findAgent(deps, params);
  const toolbox = await openToolbox(deps.outsideTools, { granted: params.tools, scope: params.scope });
  const tools = [...toolbox.descriptions, finishTool(agent)];
  const maxOutputTokens = params.maxOutputTokens ?? agent.maxOutputTokens;
  const begun = await beginTurn(deps, { params, agent, tools, maxOutputTokens });
  if (begun.done !== null) return begun.done;
  if (params.turn === 1) checkGrant(toolbox);
  assertNotCancelled();
  const { effectKey, messages } = begun;
  const asking = { effectKey, params };
  const spent = await unsettledCost(deps, asking);
  const operation = `${params.run.type}.${params.agent}`;
  const requestHash = digestOf({ loop: params.loop, turn: params.turn });
  const of = { run: params.run, stepNumber: params.step.number, effectKey, operation, requestHash };
  const request: ModelRequest = {
    operation,
    profile: agent.profile,
    messages,
    output: { kind: 'tools', tools },
    temperature: 0,
    maxOutputTokens,
    maxRetries,
    grant: {
      usd: Math.max(0, params.grant.usd - (spent.usd ?? 0) - spent.unknownUsd),
      tokens: Math.max(0, params.grant.tokens - spent.promptTokens - spent.completionTokens),
    },
    preferCheaper: params.preferCheaper,
    leftUsd: params.leftUsd,
    requestId: `${effectKey.slice(0, 32)}-${params.invocation}`,
    signal: Context.current().cancellationSignal,
  };
  try {
    const outcome = await heartbeating(async () => await deps.models.complete(request, recordingHooks(deps, of)));
    if (outcome.kind === 'needs') {
      const cost = await unsettledCost(deps, asking);
      return { kind: 'needs', grant: { usd: outcome.usd, tokens: outcome.tokens }, cost };
    }
    return await keepTurn(deps, {
      params,
      agent,
      toolbox,
      effectKey,
      turn: readTurn(asTurn(outcome.output), params.turn),
      provider: outcome.provider,
      choice: outcome.attempts.at(-1)?.choice ?? null,
      promptDigest: digestOf(asJson(messages)),
    });
  } catch (error) {
    throw await withCost(deps, asking, error);
  }
}

function asTurn(output: Json | ToolTurn): ToolTurn {
  // With an output of kind "tools" the model service answers with a turn.
  return output as ToolTurn;
}
