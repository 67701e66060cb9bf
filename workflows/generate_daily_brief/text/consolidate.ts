import type { FactSheet } from '../../../src/contract/facts.ts';
import type { ComputationContract } from '../../../src/schemas/workflow-contract.ts';
import { formatMinutes } from '../../shared/format-minutes.ts';
import { defaults } from '../contract.ts';
import type { GenerateDailyBrief } from '../contract.ts';
import { readCollected, readProjectBriefs, sectionsOf } from '../outputs.ts';
import type { Collected, Consolidated, GroupName } from '../outputs.ts';
import { calendarLines, inline, sectionLines } from './lines.ts';

function mostItems({ options }: FactSheet): number {
  const { maxItems } = options;
  return typeof maxItems === 'number' ? maxItems : defaults.maxItems;
}

/** What the day is like, in a sentence. */
function leadOf(collected: Collected): string {
  const sections = sectionsOf(collected);
  const count = (group: GroupName): number => sections.reduce((sum, each) => sum + each.tasks[group].length, 0);
  const parts = [
    [count('overdue'), 'overdue'],
    [count('dueToday'), 'due'],
    [count('scheduledToday'), 'planned'],
    [count('inProgress'), 'in progress'],
  ] as const;
  const said = parts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  const events = collected.events.length;
  const calendar = events === 0 ? 'no events' : events === 1 ? '1 event' : `${events} events`;
  const tasks = said.length === 0 ? 'Nothing is due or planned' : `Tasks: ${said.join(', ')}`;
  return `${tasks}; ${calendar}; ${formatMinutes(collected.free.minutes)} free.`;
}

function putTogether(facts: FactSheet): Consolidated {
  const collected = readCollected(facts);
  const written = readProjectBriefs(facts);
  const most = mostItems(facts);
  const sections = sectionsOf(collected).flatMap((section) => {
    const text = section.id === null ? undefined : written.get(section.id)?.text;
    return [
      `## ${inline(section.name)}`,
      '',
      ...(text === undefined ? [] : [text, '']),
      ...sectionLines(section, most),
    ];
  });
  const { quietProjects: quiet, cut } = collected;
  const rest = quiet.length === 0 ? [] : [`Nothing to report: ${quiet.map(inline).join(', ')}.`, ''];
  const more = cut ? ['There is more open work than this brief looks at.', ''] : [];
  return {
    title: `Daily brief: ${collected.name}`,
    lead: leadOf(collected),
    body: [...calendarLines(collected), ...sections, ...rest, ...more].join('\n'),
  };
}

type Spec = GenerateDailyBrief['computations']['consolidate'];

/** Calendar, projects and loose tasks as one text. */
export const consolidate: ComputationContract<Consolidated, Spec['params'], Spec['view']> = {
  facts: [],
  title: () => 'Put the parts together',
  compute: (facts) => putTogether(facts),
  reasoning: ({ lead }) => lead,
  view: ({ body }) => ({ chars: body.length }),
};
