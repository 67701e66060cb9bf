import type { Asking, Proposal, Run, TypeShape } from '../types.ts';

const defaultRevisions = 3;

type Revising<T extends TypeShape, D extends keyof T['drafts'] & string> = {
  readonly draft: D;
  readonly params: T['drafts'][D]['params'];
  /** What leads to the draft; done again after each rejection, with its comment among the facts. */
  readonly prepare: () => Promise<void>;
  /** Enters the phase in which the person decides. */
  readonly reviewPhase: T['phase'];
  /** How often a rejected proposal is made anew; 3 when left out. */
  readonly maxRevisions?: number | undefined;
  /** Who decides; a function is asked after each preparation. */
  readonly asking?: Asking | (() => Asking);
};

/** Prepares and proposes; a rejection with its reason leads to another proposal, a bounded number of times. */
export async function proposeUntilDecided<T extends TypeShape, D extends keyof T['drafts'] & string>(
  run: Run<T>,
  revising: Revising<T, D>,
): Promise<Proposal> {
  const most = revising.maxRevisions ?? defaultRevisions;
  for (let revision = 0; ; revision += 1) {
    await revising.prepare();
    run.phase(revising.reviewPhase);
    const asking = typeof revising.asking === 'function' ? revising.asking() : revising.asking;
    const proposal = await run.propose(revising.draft, revising.params, asking);
    if (proposal.decision.kind === 'approve' || revision >= most) return proposal;
    run.log(
      `Rejected: ${proposal.decision.comment ?? 'no reason given'}. Planning again (${revision + 1} of ${most}).`,
    );
  }
}
