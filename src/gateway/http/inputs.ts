import { z } from 'zod';
import type { JsonObject } from '../../contract/json.ts';

// A guid and not a strict UUID: derived ids need not carry a version.
export const id = z.guid('expected an id (UUID)');

/** A list's page; 50 entries unless told, as many as its service allows. */
export const paging = {
  cursor: z.string().min(1).max(500).exactOptional().meta({ description: 'The `nextCursor` of the page before.' }),
  limit: z.coerce
    .number('expected a whole number')
    .int()
    .min(1)
    .max(1_000)
    .exactOptional()
    .meta({ description: 'Most entries of the page.' }),
};

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Some of these words, separated by commas. */
export function someOf<Word extends string>(words: readonly Word[]) {
  return z.string().transform((text, context): readonly Word[] => {
    const given = text.split(',').map((part) => words.find((word) => word === part));
    const known = given.filter((word) => word !== undefined);
    if (known.length === given.length) return known;
    context.addIssue({ code: 'custom', message: `expected some of: ${words.join(', ')}` });
    return z.NEVER;
  });
}

const instantText = z.iso.datetime({ offset: true });
export const instantOrDay = z.union(
  [instantText, z.iso.date()],
  'expected a date as YYYY-MM-DD or an ISO 8601 time with zone',
);

export const reasonText = z
  .string('expected some text')
  .trim()
  .max(2_000)
  .meta({ description: 'Shown in the history of the run.' });

/** `T` without the `undefined` that zod's `optional()` adds to the type of a field that may be left out. */
export type Defined<T> = { readonly [Key in keyof T]: Exclude<T[Key], undefined> };

/**
 * Drops fields that are undefined. The cast is sound: those are exactly the ones whose type loses `undefined`, and all of
 * them were optional.
 */
export function dropUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}

/** A checked body as plain JSON: fields that are undefined are gone. */
export function toJsonObject(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
