import { runAgent } from './agent/run-agent.ts';
import { clarify } from './requests/clarify.ts';
import { propose } from './requests/propose.ts';
import { record } from './state/changes.ts';
import type { RunContext } from './state/context.ts';
import { show } from './state/visibility.ts';
import { apply } from './steps/apply.ts';
import { saveArtifact } from './steps/artifact.ts';
import { askInBatches } from './steps/batched.ts';
import { compute } from './steps/compute.ts';
import { callModel } from './steps/model-call.ts';
import type { Run, TypeShape } from './types.ts';

/** Whether the body is still passing over what an earlier execution of the run has done. */
function catchingUp(context: RunContext): boolean {
  return context.memosLeft > 0;
}

function enterPhase(context: RunContext, name: string): void {
  const { state } = context;
  context.bodyPhase = name;
  if (catchingUp(context) || state.phase === name) return;
  state.phase = name;
  record(context, { type: 'run.phase', phase: name });
  show(context);
}

/** What a body works with, over a run's context. */
export function createRun<T extends TypeShape>(context: RunContext): Run<T> {
  const { run, projectId, options } = context.state.admitted;
  return {
    id: run.runId,
    userId: run.userId,
    projectId,
    // Parsed by the type's own schema in `admit`.
    options,
    phase: (name) => enterPhase(context, name),
    model: async (call, params, slot) => await callModel(context, { call, params, slot }),
    batched: async (call, items, { params, maxItems, maxChars, slot }) => {
      const views = await askInBatches(context, { call, items, params: { ...params }, maxItems, maxChars, slot });
      // The call's contract types its items; `askInBatches` has seen that there is one of each.
      return views as never;
    },
    clarify: async (title, questions) => await clarify(context, title, questions),
    compute: async (computation, params, slot) => await compute(context, { computation, params, slot }),
    propose: async (draft, params, asking) => await propose(context, { draft, params, asking: asking ?? 'ask' }),
    apply: async (proposal) => await apply(context, proposal),
    artifact: async (file) => await saveArtifact(context, file),
    agent: async (agent, task) => await runAgent(context, { agent, ...task }),
    log: (text) => {
      if (!catchingUp(context)) record(context, { type: 'log', level: 'info', text });
    },
  };
}
