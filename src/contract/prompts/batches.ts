/** How much goes into one batch: `size` is an item's share of `maxChars`. */
export type BatchLimits<T> = {
  readonly maxItems: number;
  readonly maxChars: number;
  size(item: T): number;
};

type Packed<T> = { readonly full: readonly (readonly T[])[]; readonly open: readonly T[]; readonly chars: number };

/**
 * Packs items into as few batches as their order allows: batches and the items in them keep it, nothing is lost, nothing is
 * there twice. An item that is larger than a batch may be goes alone, since only its reader can make it smaller.
 */
export function packBatches<T>(items: readonly T[], limits: BatchLimits<T>): readonly (readonly T[])[] {
  const { maxItems, maxChars } = limits;
  const start: Packed<T> = { full: [], open: [], chars: 0 };
  const { full, open } = items.reduce((packed, item) => {
    const chars = limits.size(item);
    const fits = packed.open.length < maxItems && packed.chars + chars <= maxChars;
    if (fits || packed.open.length === 0)
      return { ...packed, open: [...packed.open, item], chars: packed.chars + chars };
    return { full: [...packed.full, packed.open], open: [item], chars };
  }, start);
  return open.length === 0 ? full : [...full, open];
}
