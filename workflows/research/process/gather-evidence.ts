import { sourceKinds } from '../../../src/contract/facts/source-facts.ts';
import { unlessModelFails } from '../../kernel/steps/unless-model-fails.ts';
import type { Run } from '../../kernel/types.ts';
import type { Research } from '../contract.ts';

const fewSources = 2;
const mostTurns = 12;

/** One sub-question: search, quote what was found, and let an agent look further where that is little or more is granted. */
export async function gatherEvidence(run: Run<Research>, question: string): Promise<void> {
  const params = { question };
  const { sources } = await run.compute('find', params, question);
  const instead = `${question} goes on without.`;
  if (sources > 0) await unlessModelFails(run, instead, async () => await run.model('extract', params, question));
  const { tools = [], kinds = sourceKinds, onlyProject = false } = run.options;
  if (tools.length === 0 && sources >= fewSources) return;
  const granted = ['search_records', 'read_source', ...tools];
  const scope = { kinds, projectId: onlyProject ? run.projectId : null };
  const task = { params, tools: granted, scope, maxTurns: mostTurns, slot: question };
  await unlessModelFails(run, instead, async () => await run.agent('gather', task));
}
