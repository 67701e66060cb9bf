import { uuid4 } from '@temporalio/workflow';
import type { Proposed } from '../../../activities/records/api.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { Decision } from '../../../src/contract/proposal.ts';
import { needsConfirmation } from '../../../src/contract/run.ts';
import { records } from '../activities.ts';
import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { carrying } from '../steps/carry.ts';
import { runStep } from '../steps/step.ts';
import type { Proposal } from '../types.ts';
import { adoptApproval, expired, findRequest, timesOf, waitForRequest } from './request.ts';

type Opening = { readonly requestId: string; readonly deadlineMs: number | null; readonly remindAtMs: number | null };

/** Drafts a proposal, and unless the run may execute by itself waits for a person's decision about exactly that. */
export async function propose(context: RunContext, draft: string, params: JsonObject): Promise<Proposal> {
  const { proposed, opening } = await store(context, draft, params);
  const decision = await decide(context, { proposed, opening });
  const { proposalId, digest, revision, counts } = proposed;
  return { proposalId, digest, revision, counts, decision };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

async function store(
  context: RunContext,
  draft: string,
  params: JsonObject,
): Promise<{ proposed: Proposed; opening: Opening | null }> {
  const { options, timing } = context.state.admitted;
  const spec = { type: 'proposal', name: draft, title: 'Put the proposal together' } as const;
  return await runStep(context, spec, async (step) => {
    const opening = needsConfirmation(options) ? { requestId: uuid4(), ...timesOf(timing) } : null;
    const request =
      opening === null
        ? null
        : {
            requestId: opening.requestId,
            deadline: iso(opening.deadlineMs),
            remindAt: iso(opening.remindAtMs),
            onDeadline: timing.onDeadline,
          };
    const proposed = await carrying(context, async (changes) => {
      const call = { run: context.state.admitted.run, step, draft, params, request, changes };
      return await records.propose.executeWithOptions({ activityId: `step-${step.number}`, summary: spec.title }, [
        call,
      ]);
    });
    return { value: { proposed, opening }, cost: null };
  });
}

type Made = { readonly proposed: Proposed; readonly opening: Opening | null };

async function decide(context: RunContext, made: Made): Promise<Decision> {
  const { proposed } = made;
  const spec = { type: 'decision', name: 'approve', title: proposed.title, waits: true } as const;
  return await runStep(context, spec, async (ref, stepKey) => {
    const { proposalId, digest } = proposed;
    if (findRequest(context, stepKey) === undefined) {
      record(context, { type: 'step.started', step: ref, input: { proposalId, digest } });
    }
    const { decision, by } = await resolve(context, stepKey, made);
    const { kind, operations, comment } = decision;
    record(context, { type: 'proposal.decided', proposalId, decision: kind, accepted: operations, comment, by });
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
    return { value: decision, cost: null };
  });
}

async function resolve(context: RunContext, stepKey: string, made: Made): Promise<{ decision: Decision; by: string }> {
  const { proposed, opening } = made;
  if (opening === null) return { decision: acceptAll(proposed), by: 'autoExecute' };
  const { timing } = context.state.admitted;
  const { proposalId, digest, outlines, title, summary } = proposed;
  const { requestId } = opening;
  const asked = {
    stepKey,
    kind: 'approval',
    title,
    body: summary,
    questions: [],
    timing,
    requestId,
    proposalId,
    digest,
    outlines,
  } as const;
  const times = { deadlineMs: opening.deadlineMs, remindAtMs: opening.remindAtMs };
  const request = findRequest(context, stepKey) ?? adoptApproval(context, asked, times);
  const resolution = await waitForRequest(context, request);
  if (resolution.kind !== 'decision') throw expired(request);
  return resolution;
}

function acceptAll(proposed: Proposed): Decision {
  const operations = proposed.outlines.map((outline) => outline.id);
  return { kind: 'approve', operations, comment: null, by: 'auto' };
}
