import { StewardError } from '../../src/contract/errors.ts';
import type { Json } from '../../src/contract/json.ts';
import type { ActivityDeps } from '../deps.ts';
import { finishStep, startStep, writeChanges } from '../records/project-changes.ts';
import type { LockedRun } from '../records/project-changes.ts';
import { derivedId, digestOf } from '../support/digest.ts';
import { assertNotCancelled, epochOf, stepEffectKey, stepFence } from '../support/effect-key.ts';
import { guarded } from '../support/errors.ts';
import { fieldOf } from '../support/json-value.ts';
import { once } from '../support/once.ts';
import type { Tx } from '../support/transaction.ts';
import type { FilesActivities, SaveArtifactParams, SavedArtifact } from './api.ts';

function textAt(output: Json, path: string): Json {
  return path.split('.').reduce<Json>(fieldOf, output);
}

/** The text in a finished step's output. Throws `not_found`. */
async function readText(tx: Tx, { run, from }: SaveArtifactParams): Promise<string> {
  const step = await tx
    .selectFrom('agentic_workflow_steps')
    .select('output')
    .where('workflow_id', '=', run.runId)
    .where('user_id', '=', run.userId)
    .where('step_number', '=', from.step)
    .executeTakeFirst();
  const text = textAt(step?.output ?? null, from.field);
  if (typeof text !== 'string')
    throw new StewardError('not_found', `Step ${String(from.step)} has no text in ${from.field}.`);
  return text;
}

type Saving = {
  readonly params: SaveArtifactParams;
  readonly file: { readonly sha256: string; readonly size: number };
  readonly key: string;
  readonly at: string;
};

async function list(tx: Tx, run: LockedRun, { params, file, key, at }: Saving): Promise<SavedArtifact> {
  const { step, name, mimeType } = params;
  const artifactId = derivedId(`artifact:${key}`);
  const { runId, userId } = run.ref;
  await tx
    .insertInto('artifacts')
    .values({
      id: artifactId,
      run_id: runId,
      user_id: userId,
      step_number: step.number,
      name,
      mime_type: mimeType,
      size_bytes: file.size,
      sha256: file.sha256,
      created_at: at,
    })
    .execute();
  const saved = { artifactId, sha256: file.sha256, sizeBytes: file.size };
  const output = { ...saved, name, mimeType };
  const told = [{ key: `artifact:${artifactId}`, type: 'artifact.added', data: output, at } as const];
  await finishStep(tx, run, { step, status: 'completed', output, reasoning: null, cost: null, error: null, at, told });
  return saved;
}

/** Stores the text, then lists it: a file that nobody lists is harmless, since its name is its content. */
async function saveArtifact(deps: ActivityDeps, params: SaveArtifactParams): Promise<SavedArtifact> {
  const at = deps.now().toISOString();
  const text = await deps.database.asService(async (tx) => {
    const run = await writeChanges(tx, params);
    await startStep(tx, run, { step: params.step, input: { name: params.name, from: params.from }, at });
    return await readText(tx, params);
  });
  assertNotCancelled();
  const file = await deps.files.put(new TextEncoder().encode(text));
  return await deps.database.asService(async (tx) => {
    const run = await writeChanges(tx, { run: params.run, changes: [] });
    const { step, name, mimeType, from } = params;
    const key = stepEffectKey(params.run.runId, {
      step,
      epoch: epochOf(run.epochs, step.number),
      name: `artifact:${name}`,
    });
    const { runId, userId } = params.run;
    const requestHash = digestOf({ name, mimeType, from });
    const claim = {
      key,
      runId,
      userId,
      stepNumber: step.number,
      name: 'save_artifact',
      requestHash,
      attempt: stepFence(step),
    };
    return once(tx, claim, () => list(tx, run, { params, file, key, at }));
  });
}

export function createFilesActivities(deps: ActivityDeps): FilesActivities {
  return { saveArtifact: guarded(async (params) => await saveArtifact(deps, params)) };
}
