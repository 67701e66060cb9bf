import { condition, defineSignal, proxyActivities, setHandler, uuid4, workflowInfo } from '@temporalio/workflow';
import type { Json } from '../../src/contract/json.ts';
import type { RunRef } from '../../src/contract/run.ts';
import type { BaselineActivities, BaselineArgument, BaselineStep } from './api.ts';

const activities = proxyActivities<BaselineActivities>({
  startToCloseTimeout: '180s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '60s' },
});

const decide = defineSignal<[{ readonly operations?: readonly string[] }]>('decide');

/**
 * Steward's planning as one would write it on the SDK alone: each recorded step is an activity, nothing is batched, and
 * there is no ledger, no budget, no pause, no continuation. The order of the steps and their parallel part are the same.
 */
export async function baseline_planning(argument: BaselineArgument): Promise<{ readonly applied: number }> {
  let decision: { readonly operations?: readonly string[] } | null = null;
  setHandler(decide, (message) => void (decision = message));
  const { workflowId, runId: temporalRunId } = workflowInfo();
  const run = await activities.register({ ...argument, workflowId, temporalRunId });
  const steps = createSteps(run);

  await steps.enter('analyze');
  await steps.model('analyze');
  await steps.enter('plan');
  const { phases } = phasesOf(await steps.model('plan'));
  await Promise.all(phases.map(async (phase) => await steps.model('tasks', phase.key)));
  await steps.enter('order');
  await steps.model('dependencies');

  await steps.enter('review');
  const proposing = steps.next('proposal', 'plan');
  const proposal = await activities.propose({ run, step: proposing });
  await steps.save(proposing, { proposalId: proposal.proposalId, digest: proposal.digest });
  const requestId = uuid4();
  await activities.openRequest({ run, requestId, proposal });
  await condition(() => decision !== null);
  await activities.closeRequest({ run, requestId, accepted: proposal.operations });
  const deciding = steps.next('decision', 'approve');
  await activities.decide({ run, step: deciding, proposal });
  await steps.save(deciding, { decision: 'approve' });

  await steps.enter('apply');
  const applying = steps.next('apply', 'apply');
  const records = await activities.applyRecords({ run, step: applying, proposal });
  const events = await activities.applyCalendar({ run, step: applying, proposal });
  const applied = records + events;
  await steps.save(applying, { applied });

  await steps.enter('summarize');
  const from = steps.count() + 1;
  await steps.model('summarize');
  const filing = steps.next('file', 'artifact');
  await steps.save(filing, await activities.saveFile({ run, step: filing, from }));
  await activities.finish({ run, result: { applied } });
  return { applied };
}

function phasesOf(output: Json): { readonly phases: readonly { readonly key: string }[] } {
  // Validated by the call's own schema in `askModel`.
  return output as never;
}

function createSteps(run: RunRef) {
  let number = 0;
  let phase = '';
  const next = (type: BaselineStep['type'], name: string, slot: string | null = null): BaselineStep => {
    number += 1;
    return { number, type, name, slot, phase };
  };
  const save = async (step: BaselineStep, output: Json): Promise<void> =>
    await activities.saveStep({ run, step, output, usage: null });
  return {
    next,
    save,
    count: () => number,
    enter: async (name: string): Promise<void> => {
      phase = name;
      await activities.enterPhase({ run, phase: name });
    },
    model: async (name: string, slot: string | null = null): Promise<Json> => {
      const step = next('model', name, slot);
      const { output, usage } = await activities.askModel({ run, step });
      await activities.saveStep({ run, step, output, usage });
      return output;
    },
  };
}
