import { patched } from '@temporalio/workflow';
import type { Proposed } from '../../../activities/records/api.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { acceptAll } from '../../../src/contract/proposal.ts';
import type { Decision } from '../../../src/contract/proposal.ts';
import { needsConfirmation } from '../../../src/contract/run.ts';
import type { CommonOptions } from '../../../src/contract/run.ts';
import { proposers } from '../activities.ts';
import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { carrying } from '../steps/carry.ts';
import { runStep } from '../steps/step.ts';
import type { Asking, Proposal } from '../types.ts';
import { expired, findRequest, openRequest, waitForRequest } from './request.ts';
import { writeWords } from './write-words.ts';

type Asked = { readonly draft: string; readonly params: JsonObject; readonly asking: Asking };

/** Drafts a proposal, and unless the run may execute by itself waits for a person's decision about exactly that. */
export async function propose(context: RunContext, asked: Asked): Promise<Proposal> {
  const proposed = await store(context, asked);
  const decision = await decide(context, proposed, asked.asking);
  const { proposalId, digest, revision, counts } = proposed;
  return { proposalId, digest, revision, counts, decision };
}

async function store(context: RunContext, { draft, params }: Asked): Promise<Proposed> {
  const spec = { type: 'proposal', name: draft, title: 'Put the proposal together' } as const;
  return await runStep(context, spec, async (step) => {
    const proposed = await carrying(context, async (changes) => {
      const call = { run: context.state.admitted.run, step, draft, params, changes };
      return await proposers.propose.executeWithOptions({ activityId: `step-${step.number}`, summary: spec.title }, [
        call,
      ]);
    });
    return { value: proposed, cost: null };
  });
}

async function decide(context: RunContext, proposed: Proposed, asking: Asking): Promise<Decision> {
  const spec = { type: 'decision', name: 'approve', title: proposed.title, waits: true } as const;
  return await runStep(context, spec, async (ref, stepKey) => {
    const { proposalId, digest } = proposed;
    if (findRequest(context, stepKey) === undefined) {
      record(context, { type: 'step.started', step: ref, input: { proposalId, digest } });
    }
    const { decision, by } = await resolve(context, stepKey, { proposed, asking });
    const { kind, operations, comment, choice } = decision;
    const accepted = { accepted: operations, ...(choice === undefined ? {} : { choice }) };
    record(context, { type: 'proposal.decided', proposalId, decision: kind, ...accepted, comment, by });
    const reasoning = comment ?? `Decided by ${by}.`;
    record(context, {
      type: 'step.finished',
      step: ref,
      status: 'completed',
      output: { ...decision },
      reasoning,
      cost: null,
      error: null,
    });
    if (kind === 'reject') await writeWords(context);
    return { value: decision, cost: null };
  });
}

type Resolved = { readonly decision: Decision; readonly by: string };

async function resolve(
  context: RunContext,
  stepKey: string,
  { proposed, asking }: { readonly proposed: Proposed; readonly asking: Asking },
): Promise<Resolved> {
  const { options, timing } = context.state.admitted;
  const open = findRequest(context, stepKey);
  const isVoid = open === undefined && isEmpty(proposed);
  const by = isVoid ? 'itself, for it changes nothing' : decidedBy(options, asking, proposed.confidence);
  if (by !== null) {
    const decision = { kind: 'approve', ...acceptAll(proposed.outlines), comment: null, by: 'auto' } as const;
    return { decision, by };
  }
  const { proposalId, digest, outlines, title, summary } = proposed;
  const asked = { stepKey, kind: 'approval', title, body: summary, questions: [], timing } as const;
  const request = open ?? openRequest(context, asked, { proposalId, digest, outlines });
  const resolution = await waitForRequest(context, request);
  if (resolution.kind !== 'decision') throw expired(request);
  return resolution;
}

/** Runs that began before this was noticed ask about nothing to the end. */
function isEmpty({ outlines }: Proposed): boolean {
  return !('total' in outlines) && outlines.length === 0 && patched('nothing-to-decide');
}

/** What decides without a person, or null when one is asked. `requireConfirmation` always asks. */
function decidedBy(options: CommonOptions, asking: Asking, confidence: number | null | undefined): string | null {
  if (options.requireConfirmation === true) return null;
  if (!needsConfirmation(options)) return 'autoExecute';
  if (asking === 'own') return 'the run itself';
  if (asking === 'ask' || typeof confidence !== 'number') return null;
  return confidence >= asking.sure ? `confidence ${confidence}` : null;
}
