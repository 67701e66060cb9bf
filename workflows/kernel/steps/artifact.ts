import { files } from '../activities.ts';
import { runFailure } from '../failures.ts';
import type { RunContext } from '../state/context.ts';
import { carrying } from './carry.ts';
import { runStep } from './step.ts';

type ArtifactFile = { readonly name: string; readonly mimeType: string; readonly call: string; readonly field: string };

const sources = ['model', 'compute', 'agent'] as const;

/** Number of the latest finished step of a call, a computation or an agent. */
function latestStep(context: RunContext, call: string): number {
  const starts = sources.flatMap((source) => [`${source}:${call}#`, `${source}:${call}/`]);
  const numbers = Object.entries(context.state.memo)
    .filter(([key]) => starts.some((start) => key.startsWith(start)))
    .map(([, memo]) => memo.number);
  if (numbers.length === 0) throw runFailure('internal', `No answer of "${call}" to keep as a file.`);
  return Math.max(...numbers);
}

/** Keeps a text of a finished step's output as a file of the run. */
export async function saveArtifact(context: RunContext, file: ArtifactFile): Promise<void> {
  const { name, mimeType, call, field } = file;
  const spec = { type: 'file', name: 'artifact', title: `Save ${name}`, slot: name } as const;
  await runStep(context, spec, async (step) => {
    const from = { step: latestStep(context, call), field };
    const saved = await carrying(
      context,
      async (changes) =>
        await files.saveArtifact.executeWithOptions({ activityId: `step-${step.number}`, summary: spec.title }, [
          { run: context.state.admitted.run, step, name, mimeType, from, changes },
        ]),
    );
    return { value: { ...saved }, cost: null };
  });
}
