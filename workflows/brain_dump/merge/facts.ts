import type { SaidFact } from '../contract.ts';
import type { SaidPiece } from '../outputs.ts';
import { sureness } from './confidence.ts';
import type { Existing } from './existing-records.ts';
import type { Places } from './projects.ts';
import type { NewNote, PersonAddition, Place, ProjectAddition } from './understood.ts';
import { isSameThing, isWithin, meaningOf, oneLine } from './words.ts';

export type Facts = {
  readonly notes: readonly NewNote[];
  readonly projectAdditions: readonly ProjectAddition[];
  readonly personAdditions: readonly PersonAddition[];
  readonly insights: readonly string[];
  readonly dropped: readonly string[];
};

/** The column of a field of a person's profile. */
export function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

type Placed = { readonly fact: SaidFact; readonly place: Place; readonly quotes: readonly string[] };

function isKnown({ fact, place }: Placed, existing: Existing): boolean {
  const words = meaningOf(fact.text);
  if (fact.kind === 'person') return isWithin(words, meaningOf(existing.person[columnOf(fact.field ?? '')] ?? ''));
  const context = existing.projects.find((project) => project.id === place.projectId)?.context ?? '';
  return fact.kind === 'project' && isWithin(words, meaningOf(context));
}

function isSame(a: Placed, b: Placed): boolean {
  return (
    a.fact.kind === b.fact.kind &&
    a.fact.field === b.fact.field &&
    a.place.projectId === b.place.projectId &&
    a.place.newProject === b.place.newProject &&
    (isSameThing(a.fact.text, b.fact.text) || oneLine(a.fact.text) === oneLine(b.fact.text))
  );
}

/** All facts, each once, the longer of two that say the same. */
function placedOnce(pieces: readonly SaidPiece[], places: Places, existing: Existing): readonly Placed[] {
  const given: Place = { projectId: existing.projectId, newProject: null };
  const once: Placed[] = [];
  for (const { key: piece, facts } of pieces) {
    for (const fact of facts.facts) {
      const place = fact.project === null ? given : (places.find(piece, fact.project) ?? given);
      const placed: Placed = { fact, place, quotes: [fact.quote] };
      const at = once.findIndex((other) => isSame(other, placed));
      const before = once[at];
      if (before === undefined) once.push(placed);
      else
        once[at] = {
          place,
          fact: fact.text.length > before.fact.text.length ? fact : before.fact,
          quotes: [...new Set([...before.quotes, fact.quote])],
        };
    }
  }
  return once;
}

function asNote({ fact, place, quotes }: Placed, number: number): NewNote {
  const title = oneLine(fact.title) === '' ? oneLine(fact.text).slice(0, 80) : oneLine(fact.title);
  const category = fact.category ?? 'thought';
  const confidence = sureness(fact.confidence, { guesses: [], merged: false });
  return { key: `note-${number}`, title, content: fact.text, category, ...place, quotes: [...quotes], confidence };
}

/** What is worth knowing, each thing once and only what is not known yet, and where it goes. */
export function mergeFacts(
  pieces: readonly SaidPiece[],
  { places, existing }: { readonly places: Places; readonly existing: Existing },
): Facts {
  const once = placedOnce(pieces, places, existing);
  const known = once.filter((placed) => isKnown(placed, existing));
  const fresh = once.filter((placed) => !known.includes(placed));
  const isHomeless = ({ fact, place }: Placed): boolean =>
    fact.kind === 'project' && place.projectId === null && place.newProject === null;
  const notes = fresh.filter((placed) => placed.fact.kind === 'note' || isHomeless(placed));
  return {
    notes: notes.map((placed, index) => asNote(placed, index + 1)),
    projectAdditions: fresh
      .filter((placed) => placed.fact.kind === 'project' && !isHomeless(placed))
      .map(({ fact, place, quotes }) => ({
        text: fact.text,
        ...place,
        quotes: [...quotes],
        confidence: fact.confidence,
      })),
    personAdditions: fresh.flatMap(({ fact, quotes }) =>
      fact.kind === 'person' && fact.field !== null
        ? [{ text: fact.text, field: fact.field, quotes: [...quotes], confidence: fact.confidence }]
        : [],
    ),
    insights: [...new Set(pieces.flatMap(({ facts }) => facts.insights.map(oneLine)))],
    dropped: known.map(({ fact }) => `Known already: "${fact.text}".`),
  };
}
