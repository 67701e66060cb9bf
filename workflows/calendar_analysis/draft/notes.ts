import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { ProposalNote } from '../../../src/contract/proposal.ts';
import { localDate } from '../../shared/local-date.ts';
import { readArrangement, readPatterns, readSuggestions } from '../outputs.ts';
import type { Patterns } from '../shapes.ts';

const wholeWeek = 7;
const mostProblems = 10;

/** Where nobody asked for blocks: the week to come with least focus time, as something to know. */
function leastFocus({ weeks }: Patterns, today: string): readonly ProposalNote[] {
  const whole = weeks.filter(({ start, days, use }) => start > today && days === wholeWeek && use.working > 0);
  const [least] = whole.toSorted((a, b) => a.focus + a.use.blocks - (b.focus + b.use.blocks));
  if (least === undefined) return [];
  const text = `The week of ${least.start} has least of those to come: ${least.focus} minutes in free stretches of 90 minutes and more. The option focusMinutesPerWeek keeps some for you.`;
  return [{ kind: 'focus', title: 'Focus time', text }];
}

function focusNotes(facts: FactSheet): readonly ProposalNote[] {
  const wanted = facts.options['focusMinutesPerWeek'];
  if (typeof wanted !== 'number') return leastFocus(readPatterns(facts), localDate(facts.now, facts.timeZone));
  return readArrangement(facts)
    .shortWeeks.filter(({ missing }) => missing > 0)
    .map(({ week, missing }) => ({
      kind: 'focus',
      title: `Week of ${week}`,
      text: `${missing} of ${wanted} minutes of focus time find no free stretch of half an hour.`,
    }));
}

/** What the person should know beside the operations. */
export function notesOf(facts: FactSheet, tools: Pick<DraftTools, 'formatInstant'>): readonly ProposalNote[] {
  const { conflicts, problems, window } = readPatterns(facts);
  const unsolved = new Set(readArrangement(facts).unsolved);
  const own = readSuggestions(facts).projects.filter(({ existingProjectId }) => existingProjectId !== null);
  const names = new Map((facts.workload?.projects ?? []).map(({ id, name }) => [id, name]));
  return [
    ...conflicts
      .filter(({ key }) => unsolved.has(key))
      .map(({ first, second, minutes }) => ({
        kind: 'conflict',
        title: `"${first.title}" and "${second.title}"`,
        text: `They overlap by ${minutes} minutes on ${tools.formatInstant(Date.parse(second.start))}, and Steward may move neither.`,
      })),
    ...own.map(({ name, existingProjectId, reason }) => ({
      kind: 'project',
      title: name,
      text: `It has a project already: "${names.get(existingProjectId ?? '') ?? facts.project?.name ?? existingProjectId}". ${reason}`,
    })),
    ...focusNotes(facts),
    ...problems
      .slice(0, mostProblems)
      .map((problem) => ({ kind: 'calendar', title: 'Not read in full', text: problem })),
    ...(window.cut
      ? [
          {
            kind: 'calendar',
            title: 'Not all of it',
            text: 'The window has more events than one look takes in: choose a shorter one.',
          },
        ]
      : []),
  ];
}
