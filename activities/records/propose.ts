import { StewardError } from '../../src/contract/errors.ts';
import { carryOperations } from '../../src/contract/proposal.ts';
import type { ProposalDraft } from '../../src/contract/proposal.ts';
import type { AnyDraft } from '../../src/schemas/workflow-contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { derivedId, digestOf } from '../support/digest.ts';
import { assertNotCancelled, stepFence } from '../support/effect-key.ts';
import { once } from '../support/once.ts';
import type { Tx } from '../support/transaction.ts';
import type { Proposed, ProposeParams } from './api.ts';
import { finishStep, writeChanges } from './project-changes.ts';
import type { LockedRun } from './project-changes.ts';
import { checkDraft, countKinds } from './proposals/check-draft.ts';
import { storeProposal } from './proposals/store-proposal.ts';
import { pureStepKey, withFacts } from './with-facts.ts';
import type { PureStep } from './with-facts.ts';

function findDraft(deps: ActivityDeps, params: ProposeParams): AnyDraft {
  const draft = deps.catalog.get(params.run.type)?.drafts[params.draft];
  if (draft !== undefined) return draft;
  throw new StewardError('not_found', `The workflow type ${params.run.type} has no draft "${params.draft}".`);
}

// The effect's name is part of every derived id, so it must never change.
function pureStep(contract: AnyDraft, params: ProposeParams): PureStep {
  const { run, step, draft, changes } = params;
  const input = { draft, params: params.params };
  const title = contract.title(params.params);
  return { run, step, title, input, needs: contract, params: params.params, effect: `propose:${draft}`, changes };
}

type Storing = {
  readonly params: ProposeParams;
  readonly draft: ProposalDraft;
  readonly key: string;
  readonly at: string;
};

function announcement({ draft, at }: Storing, proposed: Proposed) {
  const { proposalId, digest, revision, title, counts } = proposed;
  const data = { proposalId, digest, revision, title, counts, operations: draft.operations.length };
  return { key: `proposal:${proposalId}:opened`, type: 'proposal.opened', data, at } as const;
}

async function store(tx: Tx, run: LockedRun, storing: Storing): Promise<Proposed> {
  const { params, draft, key, at } = storing;
  const proposalId = derivedId(`proposal:${key}`);
  const { digest, revision } = await storeProposal(tx, { run: run.ref, proposalId, name: params.draft, draft, at });
  const { title, summary } = draft;
  const outlines = carryOperations(draft.operations.map(({ id, requires }) => ({ id, requires })));
  const output = { proposalId, digest, revision, title, summary, counts: countKinds(draft.operations) };
  const proposed = { ...output, outlines, confidence: draft.confidence ?? null };
  await finishStep(tx, run, {
    step: { ...params.step, title },
    status: 'completed',
    output,
    reasoning: summary,
    cost: null,
    error: null,
    at,
    told: [announcement(storing, proposed)],
  });
  return proposed;
}

/** Drafts a proposal by the type's pure code, and stores it with a digest. */
export async function propose(deps: ActivityDeps, params: ProposeParams): Promise<Proposed> {
  const contract = findDraft(deps, params);
  const pure = pureStep(contract, params);
  const { value: draft } = await withFacts(deps, pure, (facts, tools) => contract.draft(facts, params.params, tools));
  checkDraft(draft);
  assertNotCancelled();
  return await deps.database.asService(async (tx) => {
    const run = await writeChanges(tx, { run: params.run, changes: [] });
    const key = pureStepKey(run, pure);
    const { runId, userId } = params.run;
    const requestHash = digestOf({ draft: params.draft, params: params.params });
    const named = { stepNumber: params.step.number, name: pure.effect };
    const claim = { ...named, key, runId, userId, requestHash, attempt: stepFence(params.step) };
    return once(tx, claim, () => store(tx, run, { params, draft, key, at: deps.now().toISOString() }));
  });
}
