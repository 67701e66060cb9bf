import type { TypeStream } from '../src/contract/types/stream.ts';
import type { WorkflowContract } from '../src/schemas/workflow-contract.ts';
import { optimization } from './optimization/type.ts';
import { agentType } from './agent/type.ts';
import { brainDump } from './brain_dump/type.ts';
import { calendarAnalysis } from './calendar_analysis/type.ts';
import { onboardingAnalysis } from './onboarding_analysis/type.ts';
import { generatePhases } from './generate_phases/type.ts';
import { generateDailyBrief } from './generate_daily_brief/type.ts';
import { projectPlanning } from './project_planning/type.ts';
import { research } from './research/type.ts';
import { taskDecomposition } from './task_decomposition/type.ts';

/** Contracts by name: what gateway, CLI, docs and activities know of the workflow types. No workflow code. */
export interface Catalog {
  get(name: string): WorkflowContract | undefined;
  list(): readonly WorkflowContract[];
  names(): readonly string[];
}

export function createCatalog(contracts: readonly WorkflowContract[]): Catalog {
  const byName = new Map(contracts.map((contract) => [contract.name, contract]));
  return {
    get: (name) => byName.get(name),
    list: () => contracts,
    names: () => contracts.map((contract) => contract.name),
  };
}

/** The streams that types declare, each with its type's name. */
export function streamsOf(types: Catalog): readonly TypeStream[] {
  return types.list().flatMap(({ name, stream }) => (stream === undefined ? [] : [{ ...stream, type: name }]));
}

export const catalog = createCatalog([
  projectPlanning,
  taskDecomposition,
  optimization,
  agentType,
  brainDump,
  calendarAnalysis,
  generateDailyBrief,
  research,
  generatePhases,
  onboardingAnalysis,
]);
