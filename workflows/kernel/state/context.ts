import type { RunState } from './run-state.ts';

/** A run while it executes: its carried state, and what is counted anew in every execution of a continued run. */
export type RunContext = {
  readonly state: RunState;
  /** How often each step path came up in this execution; with the path it names the step. */
  readonly iterations: Map<string, number>;
  /** Steps under way that can't be interrupted by a continuation. */
  inFlight: number;
  /** Steps entered and not left, those that wait for something included. */
  entered: number;
  /** Results of earlier executions not yet passed over: while any are left, the body only catches up. */
  memosLeft: number;
  /** The phase the body is in, which runs ahead of `state.phase` never but behind it while catching up. */
  bodyPhase: string;
  flushing: boolean;
  askingBudget: boolean;
  /** The body has failed: other branches finish the step they are in and begin no other. */
  ending: boolean;
  shownDetails: string;
  /** Whether this execution writes what a person said before its body goes on; null until first asked. */
  writesWords: boolean | null;
};

export function openContext(state: RunState): RunContext {
  return {
    state,
    iterations: new Map(),
    inFlight: 0,
    entered: 0,
    memosLeft: Object.keys(state.memo).length,
    bodyPhase: state.phase ?? '',
    flushing: false,
    askingBudget: false,
    ending: false,
    shownDetails: '',
    writesWords: null,
  };
}

/** Lets the body begin again from its first line, with the results of finished steps to pass over. */
export function beginAnew(context: RunContext): void {
  const { state } = context;
  context.iterations.clear();
  context.memosLeft = Object.keys(state.memo).length;
  context.bodyPhase = state.phase ?? '';
  context.ending = false;
}
