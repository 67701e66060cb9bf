import { StewardError } from '../../src/contract/errors.ts';
import type { ProposalDraft } from '../../src/contract/proposal.ts';
import type { AnyDraft } from '../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { derivedId, digestOf } from '../support/digest.ts';
import { withDraftTools } from '../support/draft-tools.ts';
import { assertNotCancelled, currentAttempt, epochOf, stepEffectKey } from '../support/effect-key.ts';
import { readBusy } from '../support/facts/calendar.ts';
import { readPerson } from '../support/facts/person.ts';
import { gatherFacts } from '../support/gather-facts.ts';
import { once } from '../support/once.ts';
import type { Tx } from '../support/transaction.ts';
import type { Proposed, ProposeParams } from './api.ts';
import { addEvent, finishStep, startStep, writeChanges } from './project-changes.ts';
import type { LockedRun } from './project-changes.ts';
import { checkDraft, countKinds } from './proposals/check-draft.ts';
import { storeProposal } from './proposals/store-proposal.ts';

function findDraft(deps: ActivityDeps, params: ProposeParams): AnyDraft {
  const draft = deps.catalog.get(params.run.type)?.drafts[params.draft];
  if (draft !== undefined) return draft;
  throw new StewardError('not_found', `The workflow type ${params.run.type} has no draft "${params.draft}".`);
}

function keyOf(run: LockedRun, { step, draft }: ProposeParams): string {
  return stepEffectKey(run.ref.runId, { step, epoch: epochOf(run.epochs, step.number), name: `propose:${draft}` });
}

// Read and drafted outside the writing transaction: a schedule takes a while, and others wait for the run's row.
async function makeDraft(deps: ActivityDeps, contract: AnyDraft, params: ProposeParams): Promise<ProposalDraft> {
  const { run, step } = params;
  const { userId } = run;
  const read = await deps.database.asService(async (tx) => {
    const locked = await writeChanges(tx, params);
    await startStep(tx, locked, {
      step: { ...step, title: contract.title(params.params) },
      input: { draft: params.draft, params: params.params },
      at: deps.now().toISOString(),
    });
    return {
      facts: await gatherFacts(tx, { deps, run, facts: contract.facts }),
      person: await readPerson(tx, userId),
      idScope: keyOf(locked, params),
    };
  });
  const setting = { timeZone: read.person.timeZone, workingHours: read.person.workingHours, idScope: read.idScope };
  const draft = await withDraftTools(
    setting,
    async (window) => await deps.database.asService(async (tx) => await readBusy(tx, { userId, ...window })),
    (tools) => contract.draft(read.facts, params.params, tools),
  );
  checkDraft(draft);
  return draft;
}

type Storing = {
  readonly params: ProposeParams;
  readonly draft: ProposalDraft;
  readonly key: string;
  readonly at: string;
};

async function announce(tx: Tx, run: LockedRun, told: Storing & { readonly proposed: Proposed }): Promise<void> {
  const { draft, at, proposed } = told;
  const { proposalId, digest, revision, title, counts } = proposed;
  const data = { proposalId, digest, revision, title, counts, operations: draft.operations.length };
  await addEvent(tx, run, { key: `proposal:${proposalId}:opened`, type: 'proposal.opened', data, at });
}

async function store(tx: Tx, run: LockedRun, storing: Storing): Promise<Proposed> {
  const { params, draft, key, at } = storing;
  const proposalId = derivedId(`proposal:${key}`);
  const { digest, revision } = await storeProposal(tx, { run: run.ref, proposalId, name: params.draft, draft, at });
  const { title, summary } = draft;
  const outlines = draft.operations.map(({ id, requires }) => ({ id, requires }));
  const output = { proposalId, digest, revision, title, summary, counts: countKinds(draft.operations) };
  const proposed = { ...output, outlines };
  await announce(tx, run, { ...storing, proposed });
  await finishStep(tx, run, {
    step: { ...params.step, title },
    status: 'completed',
    output,
    reasoning: summary,
    cost: null,
    error: null,
    at,
  });
  return proposed;
}

/** Drafts a proposal by the type's pure code, and stores it with a digest. */
export async function propose(deps: ActivityDeps, params: ProposeParams): Promise<Proposed> {
  const draft = await makeDraft(deps, findDraft(deps, params), params);
  assertNotCancelled();
  return await deps.database.asService(async (tx) => {
    const run = await writeChanges(tx, { run: params.run, changes: [] });
    const key = keyOf(run, params);
    const { runId, userId } = params.run;
    const requestHash = digestOf({ draft: params.draft, params: params.params });
    const named = { stepNumber: params.step.number, name: `propose:${params.draft}` };
    const claim = { ...named, key, runId, userId, requestHash, attempt: currentAttempt() };
    return once(tx, claim, () => store(tx, run, { params, draft, key, at: deps.now().toISOString() }));
  });
}
