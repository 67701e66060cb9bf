import type { ActivityDeps } from '../deps.ts';
import { guarded } from '../support/errors.ts';
import { takeAgentTurn } from './agent/take-agent-turn.ts';
import type { ModelActivities } from './api.ts';
import { callModel } from './call-model.ts';

export function createModelActivities(deps: ActivityDeps): ModelActivities {
  return {
    callModel: guarded(async (params) => await callModel(deps, params)),
    takeAgentTurn: guarded(async (params) => await takeAgentTurn(deps, params)),
  };
}
