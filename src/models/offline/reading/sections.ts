import { asName, isMarkedDone, leadingNumber, oneLine, plain } from '../text/clean.ts';
import type { Block } from '../text/markdown.ts';

export type Content = Exclude<Block, { readonly kind: 'heading' }>;
/** A heading with what stands under it. Depth 0 is the document, 7 a bold line, 8 a line that ends in a colon. */
export type Section = {
  readonly title: string;
  readonly heading: string;
  readonly depth: number;
  readonly number: number | null;
  readonly done: boolean;
  readonly blocks: readonly Content[];
  readonly children: readonly Section[];
};

const numberedLabel =
  /^(?:phase|week|day|step|stage|sprint|milestone|month|part|pr|task|ticket|story|issue|woche|tag|schritt|etappe|monat|meilenstein|aufgabe|teil|kw)\s*#?\s*(\d{1,3})\b/iu;

/** The number in "PR 3: …", "Phase 2", "Schritt 1"; null without one. */
export function labelNumber(title: string): number | null {
  const match = numberedLabel.exec(plain(title));
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** Lines that head what follows them without being Markdown headings. */
function headingDepth(block: Block, next: Block | undefined): number | null {
  if (block.kind === 'heading') return block.depth;
  if (block.kind !== 'paragraph' || block.text.includes('\n')) return null;
  const text = oneLine(block.text);
  const words = text.split(' ').length;
  // A bold sentence between paragraphs is emphasis; a bold line heads what follows it.
  const introduces =
    next?.kind === 'list' ||
    next?.kind === 'table' ||
    /:\**\s*$/u.test(text) ||
    leadingNumber(text) !== null ||
    labelNumber(text) !== null ||
    words <= 6;
  if (block.bold && words <= 16 && introduces) return 7;
  if (labelNumber(text) !== null && words <= 14 && next !== undefined) return 7;
  if (text.length > 3 && words <= 6 && text === text.toUpperCase() && /\p{Lu}{3}/u.test(text) && next !== undefined)
    return 7;
  if (/[:：]$/u.test(plain(text)) && words <= 14 && (next?.kind === 'list' || next?.kind === 'table')) return 8;
  return null;
}

type Draft = { title: string; heading: string; depth: number; blocks: Content[]; children: Draft[] };

function draft(heading: string, depth: number): Draft {
  return { title: asName(heading), heading, depth, blocks: [], children: [] };
}

function finish(from: Draft): Section {
  return {
    title: from.title,
    heading: from.heading,
    depth: from.depth,
    number: leadingNumber(from.heading) ?? labelNumber(from.heading),
    done: isMarkedDone(plain(from.heading)),
    blocks: from.blocks,
    children: from.children.map(finish),
  };
}

/** The tree of a document's headings; bold lines and labels head sections too. */
export function readSections(blocks: readonly Block[]): Section {
  const root = draft('', 0);
  const path: Draft[] = [root];
  for (const [position, block] of blocks.entries()) {
    const depth = headingDepth(block, blocks[position + 1]);
    if (depth === null || block.kind === 'list' || block.kind === 'table') {
      if (block.kind !== 'heading') (path.at(-1) ?? root).blocks.push(block);
      continue;
    }
    while (path.length > 1 && (path.at(-1)?.depth ?? 0) >= depth) path.pop();
    const section = draft(block.text, depth);
    (path.at(-1) ?? root).children.push(section);
    path.push(section);
  }
  return finish(root);
}

/** A section and all below it, in document order. */
export function walk(section: Section): readonly Section[] {
  return [section, ...section.children.flatMap(walk)];
}

/** The paragraphs of a section, each on one line. */
export function paragraphs(section: Section): readonly string[] {
  return section.blocks.flatMap((block) =>
    block.kind === 'paragraph' ? block.text.replaceAll('**', '').split('\n').map(oneLine) : [],
  );
}
