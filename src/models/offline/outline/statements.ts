import { asName, plain, shortened } from '../text/clean.ts';
import type { Language } from '../text/language.ts';
import { readBlocks } from '../text/markdown.ts';
import { splitSentences } from '../text/sentences.ts';
import { paragraphs, readSections, walk } from '../reading/sections.ts';
import type { Section } from '../reading/sections.ts';

/** What a text states about the undertaking besides its tasks. */
export type Statements = {
  readonly goals: readonly string[];
  readonly deliverables: readonly string[];
  readonly constraints: readonly string[];
  readonly assumptions: readonly string[];
};

const goals =
  /^(?:(?:primary|secondary|main|our|project)\s+)?(?:goals?|objectives?|aims?|purpose|ziele?|zielsetzung|zweck)\b/iu;
const deliverables = /\b(?:deliverables|outcomes?|results?|lieferumfang|ergebnisse|lieferobjekte)\b/iu;
const constraints =
  /\b(?:constraints?|limits|limitations|non-goals|out of scope|budget|restrictions|rahmenbedingungen|einschränkungen|nicht enthalten|grenzen)\b/iu;
const assumptions = /\b(?:assumptions|annahmen|prerequisites|voraussetzungen)\b/iu;
const limiting =
  /\b(?:must not|mustn't|cannot|can't|may not|no more than|at most|at least|not exceed|only|budget|never|without|within|limit(?:ed)? to|up to \d|darf nicht|dürfen nicht|höchstens|maximal|mindestens|nicht mehr als|budget|ohne|keinesfalls|nur)\b/iu;
const mostStatements = 8;

function entries(section: Section): readonly string[] {
  const listed = section.blocks.flatMap((block) => (block.kind === 'list' ? block.items.map((item) => item.text) : []));
  const below = section.children.flatMap(entries);
  const found = [...listed, ...below];
  return found.length > 0 ? found : paragraphs(section);
}

function under(root: Section, title: RegExp): readonly string[] {
  return walk(root)
    .filter((section) => section.depth > 0 && title.test(plain(section.title)) && section.title.split(' ').length <= 5)
    .slice(0, 2)
    .flatMap(entries)
    .map((text) => shortened(asName(text), 300))
    .filter((text) => text !== '')
    .slice(0, mostStatements);
}

/** Goals, deliverables, constraints and assumptions that a text states under such headings, and sentences that set limits. */
export function readStatements(text: string, language: Language): Statements {
  const root = readSections(readBlocks(text));
  const frame = walk(root)
    .filter((section) => section.depth <= 1)
    .flatMap(paragraphs);
  const sentences = frame
    .flatMap((line) => splitSentences(line, language))
    .filter((line) => limiting.test(line) && line.length <= 300)
    .map(plain);
  return {
    goals: under(root, goals),
    deliverables: under(root, deliverables),
    constraints: [...new Set([...under(root, constraints), ...sentences])].slice(0, mostStatements),
    assumptions: under(root, assumptions),
  };
}
