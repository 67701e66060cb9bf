import type { JsonObject } from '../../../src/contract/json.ts';
import { approve, startRun, untilAsked } from '../../support/runs.ts';
import type { Start } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';

let dumps = 0;

/** Never the same twice: equal prompts are answered from the cache. */
function thoughts(): string {
  dumps += 1;
  const mark = `${String(dumps)}-${Date.now().toString(36)}`;
  return `ok so I need to call locksmith ${mark} before Friday. What if we moved the shelf of room ${mark}? I'm so tired.`;
}

async function dump(): Promise<Start> {
  return await Promise.resolve({ type: 'brain_dump', input: { userPrompt: thoughts() } });
}

async function started(steward: TestSteward, input: JsonObject, options: JsonObject = {}): Promise<string> {
  return await startRun(steward, { type: 'brain_dump', input, options });
}

/** Two projects fit what is said: the person is asked which is meant. */
async function clarified(steward: TestSteward): Promise<string> {
  for (const place of ['Kitchen', 'Bathroom'])
    await steward.api.createRecord({ kind: 'projects', values: { name: `${place} renovation` } });
  const runId = await started(steward, { userPrompt: `${thoughts()} Order the tiles for the renovation by Monday.` });
  const { id: requestId, questions } = await untilAsked(steward, runId, 'clarification');
  const value = Object.fromEntries(questions.map(({ key, options }) => [key, options[1] ?? '']));
  await steward.api.answerRequest({ requestId, value });
  return runId;
}

async function stored(steward: TestSteward): Promise<string> {
  const { id } = await steward.api.createRecord({ kind: 'brain-dumps', values: { content: thoughts() } });
  const runId = await started(steward, { brainDumpId: id }, { autoAccept: false });
  await approve(steward, runId);
  return runId;
}

async function inPieces(steward: TestSteward): Promise<string> {
  const userPrompt = Array.from({ length: 130 }, thoughts).join('\n\n');
  return await started(steward, { userPrompt }, { autoExecute: true });
}

export const brainDumpPaths: Readonly<Record<string, Path>> = {
  ...standardPaths(dump),
  'accepted-unasked': async (steward) => await started(steward, { userPrompt: thoughts() }),
  'nothing-to-do': async (steward) => await started(steward, { userPrompt: `Hm, well. ${String(Date.now())}` }),
  clarified,
  stored,
  'in-pieces': inPieces,
};
