import { asName, leadingNumber, oneLine, plain } from '../text/clean.ts';
import type { Language } from '../text/language.ts';
import type { Item } from '../text/markdown.ts';
import { actionVerb } from '../text/verbs.ts';
import { entry } from '../outline/outline.ts';
import type { Entry, Group } from '../outline/outline.ts';
import { proseEntries } from './prose.ts';
import { labelNumber, paragraphs } from './sections.ts';
import type { Section } from './sections.ts';
import { tableEntries } from './tables.ts';
import { isAsideLabel, isGroupLabel, namesPhase, namesTask } from './titles.ts';

/** Says whether a phrase is something to do rather than something that is. */
export function isAction(text: string, language: Language): boolean {
  const phrase = asName(text).replace(/^(?:please|bitte|optional(?:ly)?|then|finally|first|dann|zuerst)[,:]?\s+/iu, '');
  const afterLabel = /^[^:–—-]{1,40}(?::|\s[–—-])\s+(.+)$/u.exec(phrase)?.[1];
  return (
    actionVerb(phrase, language) !== null || (afterLabel !== undefined && actionVerb(afterLabel, language) !== null)
  );
}

function flatten(items: readonly Item[]): readonly string[] {
  return items
    .flatMap((item) => (item.done ? [] : [item.text, ...flatten(item.children).map((text) => `– ${text}`)]))
    .filter((text) => text !== '');
}

function itemEntry(item: Item): Entry {
  return entry(item.text, {
    steps: flatten(item.children),
    number: item.number ?? leadingNumber(item.text) ?? labelNumber(item.text),
  });
}

/** Entries of a list; finished ones are left out, entries without words are replaced by what they hold. */
function listEntries(items: readonly Item[]): readonly Entry[] {
  return items.flatMap((item) => {
    if (item.done) return [];
    return oneLine(item.text) === '' ? listEntries(item.children) : [itemEntry(item)];
  });
}

function ownLists(section: Section): readonly Item[] {
  return section.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));
}

function stepsOf(section: Section): readonly string[] {
  return [
    ...flatten(ownLists(section)),
    ...section.children.filter((child) => !isAsideLabel(child.title)).flatMap(stepsOf),
  ];
}

function notesOf(section: Section): readonly string[] {
  return paragraphs(section).filter((text) => !/^\**(?:location|file|path)\b/iu.test(text));
}

function sectionEntry(section: Section): Entry {
  return entry(section.title, { steps: stepsOf(section), notes: notesOf(section), number: section.number });
}

/** Sections below that stand for something of their own: no labels, nothing finished. */
function realChildren(section: Section): readonly Section[] {
  return section.children.filter((child) => !child.done && !isAsideLabel(child.title) && !isGroupLabel(child.title));
}

function share(sections: readonly Section[], test: (section: Section) => boolean): number {
  return sections.length === 0 ? 0 : sections.filter(test).length / sections.length;
}

/** Headings below that are each one thing to do, with their lists as its steps, rather than groups of things to do. */
export function childrenAreTasks(section: Section, language: Language): boolean {
  const children = realChildren(section);
  if (children.length === 0 || share(children, (child) => namesPhase(child.title)) >= 0.5) return false;
  if (share(children, (child) => namesTask(child.title)) >= 0.5) return true;
  if (share(children, (child) => child.children.length > 0 && realChildren(child).length > 0) >= 0.5) return false;
  const holdsActions = (child: Section): boolean =>
    ownLists(child).filter((item) => isAction(item.text, language)).length >= 2;
  const actionLike = share(children, (child) => child.number !== null || isAction(child.title, language));
  const inside = section.depth > 0 && children.every((child) => child.depth >= 7);
  if (children.every((child) => child.depth === 8)) return false;
  return (
    (actionLike >= 0.6 && (inside || share(children, holdsActions) < 0.5)) || (inside && namesPhase(section.title))
  );
}

/** Everything to do in one section, taken as one group. */
export function entriesOf(section: Section, language: Language): readonly Entry[] {
  const asTasks = childrenAreTasks(section, language);
  const below = section.children
    .filter((child) => !child.done && !isAsideLabel(child.title))
    .flatMap((child) => (asTasks && !isGroupLabel(child.title) ? [sectionEntry(child)] : entriesOf(child, language)));
  const tables = section.blocks
    .flatMap((block) => (block.kind === 'table' ? (tableEntries(block) ?? []) : []))
    .map((row) => row.entry);
  const lists = asTasks && below.length > 0 ? [] : listEntries(ownLists(section));
  return [...lists, ...tables, ...below];
}

function withProse(section: Section, entries: readonly Entry[], language: Language): readonly Entry[] {
  if (entries.length > 0) return entries;
  const read = proseEntries(paragraphs(section).join('\n'), language);
  if (read.length > 0) return read;
  return section.depth > 0 && (namesPhase(section.title) || isAction(section.title, language))
    ? [sectionEntry(section)]
    : [];
}

/** Entries of a list that head entries of their own ("Phase 1: …" or "Kitchen" with a list below) are groups. */
function listGroups(items: readonly Item[], language: Language): readonly Group[] | null {
  const open = items.filter((item) => !item.done && item.text !== '');
  const parents = open.filter((item) => item.children.length > 0);
  const heads = parents.filter(
    (item) => namesPhase(item.text) || (!isAction(item.text, language) && !namesTask(item.text)),
  );
  if (open.length < 2 || heads.length < 2 || heads.length / open.length < 0.6) return null;
  return open.map((item) =>
    item.children.length === 0
      ? { name: asName(item.text), notes: [], entries: [itemEntry(item)] }
      : { name: asName(item.text), notes: [item.text], entries: listEntries(item.children) },
  );
}

function tableGroups(section: Section): readonly Group[] | null {
  const rows = section.blocks.flatMap((block) => (block.kind === 'table' ? (tableEntries(block) ?? []) : []));
  const names = [...new Set(rows.map((row) => row.phase))];
  if (rows.length === 0 || names.length < 2 || names.includes(null)) return null;
  return names.map((name) => ({
    name: name ?? '',
    notes: [],
    entries: rows.filter((row) => row.phase === name).map((row) => row.entry),
  }));
}

/** The groups that a section's plan has: its phases, or itself as the only one. */
export function groupsOf(section: Section, language: Language): readonly Group[] {
  const children = realChildren(section);
  const nested = children.length === 0 ? (listGroups(ownLists(section), language) ?? tableGroups(section)) : null;
  if (nested !== null) return nested.filter((group) => group.entries.length > 0);
  if (children.length === 0 || childrenAreTasks(section, language)) {
    const entries = withProse(section, entriesOf(section, language), language);
    return entries.length === 0 ? [] : [{ name: plain(section.title), notes: groupNotes(section), entries }];
  }
  const own = { ...section, children: [] };
  const first = entriesOf(own, language);
  const groups = children.map((child) => ({
    name: plain(child.title),
    notes: groupNotes(child),
    entries: withProse(child, entriesOf(child, language), language),
  }));
  return [{ name: plain(section.title), notes: [], entries: first }, ...groups].filter(
    (group) => group.entries.length > 0,
  );
}

function groupNotes(section: Section): readonly string[] {
  const asides = section.children
    .filter((child) => isAsideLabel(child.title))
    .flatMap((child) => [...paragraphs(child), ...flatten(ownLists(child))]);
  // "Estimated effort: …" below the list of a label belongs to the group around it.
  const labels = section.children.filter((child) => isGroupLabel(child.title)).flatMap(paragraphs);
  return [section.title, ...paragraphs(section), ...labels, ...(asides.length <= 3 ? asides : [])];
}
