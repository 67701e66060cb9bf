import { isCancellation } from '@temporalio/workflow';
import { ContinueAsNew } from '@temporalio/workflow';
import { countStep } from '../../../src/contract/budget.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { CallCost, StepRef, StepType } from '../../../src/contract/step.ts';
import { readFailure, StopRequested } from '../failures.ts';
import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { putLine } from '../state/run-state.ts';
import { show } from '../state/visibility.ts';
import { border } from './border.ts';
import { untilAffordable } from './budget.ts';

export type StepSpec = {
  readonly type: StepType;
  readonly name: string;
  readonly title: string;
  readonly slot?: string | undefined;
  /** Waits for a person: a continued run takes the same step up again. */
  readonly waits?: boolean;
  /** Its result is kept elsewhere (an agent loop's transcript), so no memo is carried. */
  readonly forget?: boolean;
};

export type StepResult<V> = { readonly value: V; readonly cost: CallCost | null };

type NamedStep = { readonly key: string; readonly path: string; readonly iteration: number };

function nameStep(context: RunContext, spec: StepSpec): NamedStep {
  const path = spec.slot === undefined ? `${spec.type}:${spec.name}` : `${spec.type}:${spec.name}/${spec.slot}`;
  const iteration = (context.iterations.get(path) ?? 0) + 1;
  context.iterations.set(path, iteration);
  return { key: `${path}#${iteration}`, path, iteration };
}

function enterPhase(context: RunContext): void {
  const { state } = context;
  if (state.phase === context.bodyPhase) return;
  state.phase = context.bodyPhase;
  record(context, { type: 'run.phase', phase: context.bodyPhase });
  show(context);
}

async function numberStep(context: RunContext, spec: StepSpec, named: NamedStep): Promise<StepRef> {
  const resumed = context.state.waitingSteps[named.key];
  if (resumed !== undefined) return resumed;
  await border(context);
  await untilAffordable(context, countStep);
  enterPhase(context);
  context.state.stepCount += 1;
  const { path, iteration } = named;
  const { type, name, title } = spec;
  return {
    number: context.state.stepCount,
    type,
    name,
    path,
    iteration,
    title,
    phase: context.bodyPhase,
    slot: spec.slot ?? null,
    ...(context.state.attempt === undefined ? {} : { attempt: context.state.attempt }),
  };
}

function noteLine(
  context: RunContext,
  ref: StepRef,
  now: { readonly status: string; readonly cost: CallCost | null },
): void {
  const { status, cost } = now;
  const { number, type, name, title, phase } = ref;
  const tokens = cost === null ? 0 : cost.promptTokens + cost.completionTokens;
  putLine(context.state, {
    number,
    type,
    name,
    title,
    phase,
    status,
    tokens,
    model: cost?.model ?? null,
    costUsd: cost === null ? 0 : cost.usd,
  });
}

/**
 * Runs one numbered step. The body's own order names it (path and iteration), so a run that was continued as new gets
 * the results of its earlier steps from the memo and executes only what is new.
 */
export async function runStep<V extends Json>(
  context: RunContext,
  spec: StepSpec,
  execute: (ref: StepRef, key: string) => Promise<StepResult<V>>,
): Promise<V> {
  const named = nameStep(context, spec);
  const memo = context.state.memo[named.key];
  if (memo !== undefined) {
    context.memosLeft -= 1;
    // Stored by this same step of an earlier execution: its type is the step's own.
    return memo.value as V;
  }
  context.entered += 1;
  try {
    return await takeStep(context, { spec, named }, execute);
  } finally {
    context.entered -= 1;
  }
}

async function takeStep<V extends Json>(
  context: RunContext,
  { spec, named }: { readonly spec: StepSpec; readonly named: NamedStep },
  execute: (ref: StepRef, key: string) => Promise<StepResult<V>>,
): Promise<V> {
  const ref = await numberStep(context, spec, named);
  noteLine(context, ref, { status: 'running', cost: null });
  if (spec.waits === true) context.state.waitingSteps[named.key] = ref;
  else context.inFlight += 1;
  try {
    const { value, cost } = await execute(ref, named.key);
    if (spec.forget !== true) context.state.memo[named.key] = { number: ref.number, value };
    noteLine(context, ref, { status: 'completed', cost });
    return value;
  } catch (error) {
    noteFailure(context, ref, error);
    throw error;
  } finally {
    if (spec.waits === true) forgetWaiting(context, named.key);
    else context.inFlight -= 1;
  }
}

function forgetWaiting(context: RunContext, key: string): void {
  const { [key]: _gone, ...rest } = context.state.waitingSteps;
  context.state.waitingSteps = rest;
}

function noteFailure(context: RunContext, ref: StepRef, error: unknown): void {
  if (error instanceof ContinueAsNew) return;
  const skipped = error instanceof StopRequested || isCancellation(error);
  const status = skipped ? 'skipped' : 'failed';
  noteLine(context, ref, { status, cost: null });
  const message = readFailure(error)?.message ?? (skipped ? 'The run ended before this step did.' : String(error));
  record(context, {
    type: 'step.finished',
    step: ref,
    status,
    output: null,
    reasoning: null,
    cost: null,
    error: message,
  });
}
