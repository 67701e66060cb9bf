import type { ScriptedCall } from '../../support/model-proxy.ts';
import { startRun, untilAsked, untilEnded } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';
import { standardPaths } from './standard-paths.ts';

// Said outright, so that the offline model proposes it.
const goal = { userPrompt: 'List my projects and tasks. Add a task: buy seeds for the garden.' };
const found = { report: 'Looked.', highlights: [], newTasks: [], newNotes: [], taskChanges: [] };

type Turns = readonly (readonly ScriptedCall[])[];

function search(text: string): ScriptedCall {
  return { name: 'search_notes', arguments: { text } };
}

function finish(): ScriptedCall {
  return { name: 'finish', arguments: found };
}

/** A run whose model makes these calls turn by turn; `meanwhile` is what the person does. */
function scripted(turns: Turns, meanwhile?: (steward: TestSteward, runId: string) => Promise<void>): Path {
  return async (steward) => {
    let turn = 0;
    steward.proxy.setFaults(() => {
      turn += 1;
      return { kind: 'calls', text: `Turn ${turn}.`, calls: turns[turn - 1] ?? turns.at(-1) ?? [] };
    });
    const input = { ...goal, tools: ['read:own', 'create_note'] };
    const runId = await startRun(steward, { type: 'agent', input, options: { maxTurns: 60 } });
    await meanwhile?.(steward, runId);
    await untilEnded(steward, runId);
    steward.proxy.setFaults(() => ({ kind: 'pass' }));
    return runId;
  };
}

async function refuse(steward: TestSteward, runId: string): Promise<void> {
  const request = await untilAsked(steward, runId, 'confirmation');
  await steward.api.answerRequest({ requestId: request.id, value: { allow: false } });
}

const note = { name: 'create_note', arguments: { title: 'Roses', content: 'Cut them in March.' } };

/** Paths of the type `agent` on a Steward with priced models. */
export const agentPaths: Readonly<Record<string, Path>> = {
  ...standardPaths(async () => await Promise.resolve({ type: 'agent', input: goal })),
  'nothing-proposed': scripted([[search('roses'), { name: 'list_tasks', arguments: {} }], [finish()]]),
  'mended-result': scripted([[{ name: 'finish', arguments: { report: '' } }], [finish(), search('x')], [finish()]]),
  'repeated-calls': scripted([[search('dahlias')]]),
  'ping-pong': scripted([
    [search('a1')],
    [{ name: 'list_tasks', arguments: {} }],
    [search('a1')],
    [{ name: 'list_tasks', arguments: {} }],
  ]),
  'refused-confirmation': scripted([[note], [finish()]], refuse),
};

// Each result is another: nothing stands still, and the history grows until the run continues as new.
const manyTurns = Array.from({ length: 7 }, (_none, turn): readonly ScriptedCall[] => [
  { name: 'free_time', arguments: { days: 1, from: `2027-03-${String(turn + 1).padStart(2, '0')}T08:00:00Z` } },
]);

/** On a server that asks for short histories: the run continues as new inside the loop. */
export const longLoopPaths: Readonly<Record<string, Path>> = {
  'continued-in-a-loop': scripted([...manyTurns, [note], [finish()]], refuse),
};
