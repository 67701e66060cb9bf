import { packBatches } from '../../../src/contract/prompts/batches.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { runFailure } from '../failures.ts';
import type { RunContext } from '../state/context.ts';
import type { BatchItem } from '../../../src/contract/types/shapes.ts';
import { callModel } from './model-call.ts';

export type Batched = {
  readonly call: string;
  readonly items: readonly BatchItem[];
  readonly params: JsonObject;
  readonly maxItems: number | undefined;
  readonly maxChars: number | undefined;
  readonly slot: string | undefined;
};

type ItemView = JsonObject & { readonly key: string };

// Small enough that an answer stays within what models write reliably in one go, and a repair is cheap.
const usualItems = 20;
const usualChars = 12_000;

async function askBatch(
  context: RunContext,
  { call, params, slot }: Batched,
  batch: { readonly number: number; readonly items: readonly BatchItem[] },
): Promise<readonly ItemView[]> {
  const name = `b${batch.number}`;
  const view = await callModel(context, {
    call,
    params: { ...params, items: batch.items.map((item) => item.key) },
    slot: slot === undefined ? name : `${slot}.${name}`,
  });
  // The type's contract says so: `batched` takes no call whose view has no items with keys.
  return (view as unknown as { readonly items: readonly ItemView[] }).items;
}

function findView(views: ReadonlyMap<string, ItemView>, call: string, key: string): Json {
  const view = views.get(key);
  if (view !== undefined) return view;
  throw runFailure('model_failed', `The answer to "${call}" has no item "${key}".`, { call, item: key });
}

/** One model call a batch, side by side; the views of all items in the order of the items. */
export async function askInBatches(context: RunContext, batched: Batched): Promise<readonly Json[]> {
  const { items, maxItems = usualItems, maxChars = usualChars } = batched;
  const batches = packBatches(items, { maxItems, maxChars, size: (item) => item.chars });
  const answers = await Promise.all(
    batches.map(async (batch, index) => await askBatch(context, batched, { number: index + 1, items: batch })),
  );
  const views = new Map(answers.flat().map((view) => [view.key, view]));
  return items.map((item) => findView(views, batched.call, item.key));
}
