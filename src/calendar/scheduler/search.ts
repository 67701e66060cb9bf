import { costOf, isBetter } from './cost.ts';
import type { Cost } from './cost.ts';
import type { CriticalPath } from './critical-path.ts';
import { decode } from './decode.ts';
import type { Plan, Schedule } from './decode.ts';
import { reachable } from './graph.ts';
import type { Model } from './model.ts';

/** Bounds the search by work and not by time, so that one input gives one schedule everywhere. */
const maxSteps = 300;
const maxPlacements = 40_000;

export type Candidate = { readonly plan: Plan; readonly schedule: Schedule; readonly cost: Cost };

/** The best schedule among those of a few priority rules and of small changes to the best of them. */
export function searchSchedule(model: Model, critical: CriticalPath): Candidate {
  let best = startCandidate(model, critical);
  let current = best;
  const random = randomNumbers(0x5eed);
  const steps = Math.min(maxSteps, Math.floor(maxPlacements / Math.max(1, model.tasks.length)));
  for (let step = 0; step < steps; step += 1) {
    const next = evaluate(model, changePlan(model, { from: current, random }));
    // Equals are walked through, but never preferred: what makes no difference stays in the order of the input.
    if (!isBetter(current.cost, next.cost)) current = next;
    if (isBetter(next.cost, best.cost)) best = next;
  }
  return best;
}

function startCandidate(model: Model, critical: CriticalPath): Candidate {
  const none = { dropped: model.graph.soft.map(() => false), whole: model.tasks.map(() => false) };
  const keepWishes = pickBest(ruleRanks(model, critical).map((rank) => evaluate(model, { ...none, rank })));
  if (keepWishes.cost[0] === 0 || model.graph.soft.length === 0) return keepWishes;
  const dropped = model.graph.soft.map(() => true);
  const dropWishes = pickBest(ruleRanks(model, critical).map((rank) => evaluate(model, { ...none, dropped, rank })));
  return pickBest([keepWishes, dropWishes]);
}

function evaluate(model: Model, plan: Plan): Candidate {
  const schedule = decode(model, plan);
  return { plan, schedule, cost: costOf(model, schedule) };
}

function pickBest(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((best, next) => (isBetter(next.cost, best.cost) ? next : best));
}

/** Deadline slack, weight, longest tail, in different orders of importance; the order of the input decides last. */
function ruleRanks(model: Model, critical: CriticalPath): number[][] {
  const value = (list: readonly number[]) => (index: number) => list[index] ?? 0;
  const latestStart = value(critical.latestStartMs);
  const weight = (index: number) => -(critical.weight[index] ?? 0);
  const tail = (index: number) => -(critical.tailMs[index] ?? 0);
  const ratio = (index: number) => weight(index) / (model.tasks[index]?.lengthMs ?? 1);
  const rules = [
    [latestStart, weight, tail],
    [weight, latestStart, tail],
    [ratio, latestStart],
    [tail, latestStart, weight],
  ];
  return rules.map((keys) => rankBy(model.tasks.length, keys));
}

function rankBy(size: number, keys: readonly ((index: number) => number)[]): number[] {
  const order = Array.from({ length: size }, (_, index) => index).sort((a, b) => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -1 : 1;
    }
    return a - b;
  });
  const rank: number[] = [];
  for (const [position, index] of order.entries()) rank[index] = position;
  return rank;
}

type Random = (below: number) => number;

/** One small change: a task left out goes first, two tasks swap, one moves, a wish or a split is switched. */
function changePlan(model: Model, { from, random }: { readonly from: Candidate; readonly random: Random }): Plan {
  const { plan } = from;
  const size = model.tasks.length;
  const softCount = model.graph.soft.length;
  const leftOut = model.graph.order.filter((index) => (from.schedule.blocks[index] ?? null) === null);
  const kind = random(10);
  if (kind < 3 && leftOut.length > 0)
    return { ...plan, rank: moveToFront(plan.rank, familyOf(model, leftOut[random(leftOut.length)] ?? 0)) };
  if (kind < 5 && softCount > 0) return { ...plan, dropped: flip(plan.dropped, random(softCount)) };
  if (kind < 6) return { ...plan, whole: flip(plan.whole, random(size)) };
  if (kind < 8) return { ...plan, rank: moveBefore(plan.rank, { index: random(size), target: random(size) }) };
  return { ...plan, rank: swap(plan.rank, { a: random(size), b: random(size) }) };
}

function flip(flags: readonly boolean[], at: number): boolean[] {
  return flags.map((flag, index) => (index === at ? !flag : flag));
}

function swap(rank: readonly number[], pair: { readonly a: number; readonly b: number }): number[] {
  const next = [...rank];
  next[pair.a] = rank[pair.b] ?? 0;
  next[pair.b] = rank[pair.a] ?? 0;
  return next;
}

/** Ranks may be fractions and repeat: only their order counts, and a tie falls to the task that was ready first. */
function moveBefore(rank: readonly number[], move: { readonly index: number; readonly target: number }): number[] {
  const least = (rank[move.target] ?? 0) - 0.5;
  return rank.map((value, at) => (at === move.index ? least : value));
}

/** A task can't go first unless all that it needs does. */
function familyOf(model: Model, index: number): ReadonlySet<number> {
  return reachable(index, model.graph.hardBefore).add(index);
}

function moveToFront(rank: readonly number[], movers: ReadonlySet<number>): number[] {
  const least = Math.min(...rank) - 1;
  return rank.map((value, at) => (movers.has(at) ? least : value));
}

/** Mulberry32: the same numbers on every machine. */
function randomNumbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
