import type { Complexity } from '../../contract/step.ts';
import type { CatalogueModel } from '../catalogue/catalogue.ts';
import type { Profile } from '../model-service.ts';

/** A model a call may go to: what an attempt costs at most, and why it stands where it does. */
export type Bound = {
  readonly model: CatalogueModel;
  readonly usd: number;
  readonly tokens: number;
  readonly priceKnown: boolean;
  readonly reason: string;
};

/** Why and how the models of a profile are ordered. Sorting is stable: equals keep the profile's order. */
type Ordering = { readonly reason: string; readonly compare: (a: Bound, b: Bound) => number };

/** Most that one attempt should take of the budget's rest: four such calls are left after it. */
const shareOfRest = 0.25;

// Who asks for speed gets the quickest for an easy prompt; who asks for the best does not get the cheapest.
const quick: ReadonlySet<Profile['name']> = new Set(['fast', 'speed']);
const best: ReadonlySet<Profile['name']> = new Set(['maximum', 'quality', 'creative']);

const cheapest = (a: Bound, b: Bound): number => a.usd - b.usd;

function orderingOf({ name }: Profile, complexity: Complexity): Ordering {
  if (complexity === 'complex')
    return { reason: 'complex prompt: the strongest first', compare: (a, b) => b.model.strength - a.model.strength };
  if (complexity === 'simple' && quick.has(name))
    return { reason: 'simple prompt: the quickest first', compare: (a, b) => b.model.speed - a.model.speed };
  if (complexity === 'simple' && !best.has(name))
    return { reason: 'simple prompt: the cheapest first', compare: cheapest };
  return { reason: `the order of the profile "${name}"`, compare: () => 0 };
}

function because(bounds: readonly Bound[], reason: string): readonly Bound[] {
  return bounds.map((bound) => ({ ...bound, reason }));
}

/**
 * Keeps a call from taking more than its share of what is left: those within the share first, in their order, then the
 * cheapest. With less left, the first choice gets cheaper or stays; it never gets dearer.
 */
function withinShare(bounds: readonly Bound[], leftUsd: number): readonly Bound[] {
  const [first] = bounds;
  const share = leftUsd * shareOfRest;
  if (first === undefined || first.usd <= share) return bounds;
  const within = bounds.filter((bound) => bound.usd <= share);
  const others = bounds.filter((bound) => bound.usd > share).sort(cheapest);
  const reason = `${first.model.id} could take $${first.usd.toFixed(4)}, more than ${shareOfRest * 100} % of the $${leftUsd.toFixed(4)} left: cheaper ones first`;
  const ordered = [...within, ...others];
  // Where the first choice is the cheapest already, nothing was done about it.
  return ordered[0] === first ? bounds : because(ordered, reason);
}

export type Ordered = {
  readonly profile: Profile;
  readonly complexity: Complexity;
  /** Past the budget's soft line. */
  readonly preferCheaper: boolean;
  /** What the run may still spend; null for no limit. */
  readonly leftUsd: number | null;
};

/** Puts a profile's models into the order in which a call asks them, each with the reason. Pure and deterministic. */
export function orderModels(bounds: readonly Bound[], ordered: Ordered): readonly Bound[] {
  const { profile, complexity, preferCheaper, leftUsd } = ordered;
  if (preferCheaper) return because([...bounds].sort(cheapest), "the budget's soft line is passed: the cheapest first");
  const { reason, compare } = orderingOf(profile, complexity);
  const inOrder = because([...bounds].sort(compare), reason);
  return leftUsd === null ? inOrder : withinShare(inOrder, leftUsd);
}
