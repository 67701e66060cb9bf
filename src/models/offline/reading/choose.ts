import { oneLine } from '../text/clean.ts';
import type { Language } from '../text/language.ts';
import { readBlocks } from '../text/markdown.ts';
import { childrenAreTasks, entriesOf, groupsOf, isAction } from './collect.ts';
import type { Group, OutlineSource } from '../outline/outline.ts';
import { proseEntries } from './prose.ts';
import { paragraphs, readSections, walk } from './sections.ts';
import type { Section } from './sections.ts';
import { classOfTitle, isAsideLabel, namesPhase } from './titles.ts';

/** What one text plans: groups of entries, where they were found, and which finished parts were left out. */
export type Reading = {
  readonly source: OutlineSource;
  readonly heading: string | null;
  readonly groups: readonly Group[];
  readonly root: Section;
  readonly finished: readonly string[];
};

/** Prose and lists longer than this name more things than anybody plans at once. */
const mostProseEntries = 40;

export function countEntries(groups: readonly Group[]): number {
  return groups.reduce((sum, group) => sum + group.entries.length, 0);
}

type Candidate = { readonly section: Section; readonly groups: readonly Group[]; readonly score: number };

/** A roadmap's own children: its phases where it names any, else all that don't merely describe. */
function planningChildren(section: Section, strict: boolean): Section {
  const phases = section.children.filter((child) => namesPhase(child.title));
  if (phases.length >= 2 && strict) return { ...section, blocks: [], children: phases };
  return {
    ...section,
    children: section.children.filter(
      (child) => namesPhase(child.title) || classOfTitle(child.title) !== 'descriptive',
    ),
  };
}

function roadmapCandidates(root: Section, language: Language): readonly Candidate[] {
  return walk(root).flatMap((section) => {
    const titled = section.depth > 0 && classOfTitle(section.title) === 'roadmap';
    const phased = section.children.filter((child) => namesPhase(child.title)).length >= 2;
    if (section.done || (!titled && !phased)) return [];
    if (section.depth <= 1 && !phased && section.children.some((child) => child.depth < 7)) return [];
    const groups = groupsOf(planningChildren(section, phased), language);
    const count = countEntries(groups);
    if (count < 2 || (!phased && isListOfEvents(section.title, groups, language))) return [];
    return [
      {
        section,
        groups,
        score: (titled ? 200 : 0) + (phased ? 500 : 0) + (section.depth > 1 ? 100 : 0) + Math.min(count, 60),
      },
    ];
  });
}

/** "Milestones: Beta ready, 1 February" names moments, not work: no roadmap by itself. */
function isListOfEvents(title: string, groups: readonly Group[], language: Language): boolean {
  return (
    /^(?:\p{L}+ )?(?:milestones|meilensteine)$/iu.test(title) &&
    groups.every((group) => actionShare(group, language) < 0.5)
  );
}

function readRoadmap(root: Section, language: Language): Reading | null {
  const best = roadmapCandidates(root, language).toSorted((left, right) => right.score - left.score)[0];
  if (best === undefined) return null;
  const finished = best.section.children.filter((child) => child.done).map((child) => child.title);
  return {
    source: 'roadmap',
    heading: best.section.title === '' ? null : best.section.title,
    groups: best.groups,
    root,
    finished,
  };
}

/** Sections that may hold plans: neither they nor a section around them is finished or merely describes. */
function openSections(section: Section): readonly Section[] {
  if (
    section.done ||
    (section.depth > 1 && (classOfTitle(section.title) === 'descriptive' || isAsideLabel(section.title)))
  )
    return [];
  return [section, ...section.children.flatMap(openSections)];
}

function readNextSteps(root: Section, language: Language): Reading | null {
  const sections = openSections(root).filter(
    (section) => section.depth > 1 && classOfTitle(section.title) === 'next_steps',
  );
  const outermost = sections.filter(
    (section) => !sections.some((other) => other !== section && walk(other).includes(section)),
  );
  const groups = outermost.flatMap((section) => groupsOf(section, language));
  if (countEntries(groups) < 2) return null;
  return { source: 'next_steps', heading: outermost[0]?.title ?? null, groups, root, finished: [] };
}

/** A section without the sections below it, unless those are its tasks. */
function alone(section: Section, language: Language): Section {
  return childrenAreTasks(section, language) ? section : { ...section, children: [] };
}

function actionShare(group: Group, language: Language): number {
  const actions = group.entries.filter(
    (item) =>
      isAction(item.text, language) ||
      item.steps.filter((step) => isAction(step, language)).length > item.steps.length / 2,
  );
  return group.entries.length === 0 ? 0 : actions.length / group.entries.length;
}

function readHeadings(root: Section, language: Language, demanding: boolean): Reading | null {
  const groups: Group[] = [];
  const inTasks = new Set<Section>();
  for (const section of openSections(root)) {
    if (inTasks.has(section)) continue;
    if (section.depth > 0 && childrenAreTasks(section, language))
      for (const child of section.children.flatMap(walk)) inTasks.add(child);
    // Under a heading of its own a nested list is tasks with steps; without headings it is phases with tasks.
    const nested =
      section.children.length === 0 && section.depth <= 1
        ? groupsOf(section, language).filter((group) => group.entries.length > 0)
        : [];
    const entries = entriesOf(alone(section, language), language);
    const found: readonly Group[] =
      nested.length > 1 ? nested : [{ name: section.title, notes: [section.title, ...paragraphs(section)], entries }];
    for (const group of found) {
      const wanted =
        !demanding ||
        /^(?:demanding|roadmap|next_steps)$/u.test(section.depth > 1 ? classOfTitle(section.title) : '') ||
        actionShare(group, language) >= 0.5 ||
        nested.length > 1;
      if (entries.length > 0 && wanted) groups.push(group);
    }
  }
  if (countEntries(groups) < 2) return null;
  const single = groups.length === 1;
  return { source: single ? 'lists' : 'headings', heading: null, groups, root, finished: [] };
}

function readSentences(root: Section, language: Language): Reading {
  const text = openSections(root).flatMap(paragraphs).join('\n');
  const entries = proseEntries(text, language).slice(0, mostProseEntries);
  return {
    source: 'sentences',
    heading: null,
    groups: entries.length === 0 ? [] : [{ name: '', notes: [], entries }],
    root,
    finished: [],
  };
}

/** Requests that stand in running text below a list ("Please also book a room") belong to its plan. */
function withAfterthoughts(reading: Reading, language: Language): Reading {
  const sections = [reading.root, ...reading.root.children.filter((child) => child.depth === 8)];
  const after = sections.flatMap((section) => {
    const last = section.blocks.findIndex((block) => block.kind === 'list');
    return last < 0
      ? []
      : section.blocks.slice(last + 1).flatMap((block) => (block.kind === 'paragraph' ? [oneLine(block.text)] : []));
  });
  const requests = after.filter((text) =>
    /\b(?:please|also|need to|have to|must|don't forget|remember|bitte|außerdem|müssen|muss|nicht vergessen)\b/iu.test(
      text,
    ),
  );
  const entries = proseEntries(requests.join('\n'), language);
  const last = reading.groups.at(-1);
  if (entries.length === 0 || last === undefined) return reading;
  return { ...reading, groups: [...reading.groups.slice(0, -1), { ...last, entries: [...last.entries, ...entries] }] };
}

/** Describes far more than it lists: then loose lists are no plan. */
function isShort(text: string): boolean {
  return text.length <= 4_000;
}

/**
 * Reads what a text plans. An explicit roadmap wins over "next steps", these over headings that hold things to do,
 * then lists, then sentences. Groups are empty when the text names nothing to do.
 */
export function readPlan(text: string, language: Language): Reading {
  const root = readSections(readBlocks(text));
  const structured = readRoadmap(root, language) ?? readNextSteps(root, language) ?? readHeadings(root, language, true);
  if (structured !== null) return structured.source === 'lists' ? withAfterthoughts(structured, language) : structured;
  const prose = readSentences(root, language);
  if (countEntries(prose.groups) >= 2) return prose;
  return (isShort(text) ? readHeadings(root, language, false) : null) ?? prose;
}
