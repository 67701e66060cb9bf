/** Of a call, a computation or a draft that needs to be told nothing. */
export type NoParams = Record<string, never>;

/** A small thing to ask about: its key in the facts, and about how long its text is there. */
export type BatchItem = { readonly key: string; readonly chars: number };

/** Of a call that answers several items at once (`run.batched`): the items' keys. */
export type BatchParams = { readonly items: readonly string[] };

/** What the workflow sees of such an answer: each item's key, with what the type adds to it. */
export type BatchView<Item extends object = object> = {
  readonly items: readonly ({ readonly key: string } & Readonly<Item>)[];
};
