import type { Json } from '../../../../contract/json.ts';
import { asObject, asText } from '../../json-values.ts';
import { contentWords, similarity } from '../../text/clean.ts';
import { existingTasks } from '../../facts.ts';
import type { Sections } from '../answerer.ts';
import { findMention, projectFor, projectsOf } from './places.ts';
import { readDump } from './reading/read-dump.ts';
import type { Reading } from './reading/read-dump.ts';
import { readTasks } from './reading/read-tasks.ts';
import type { ReadTask } from './reading/read-tasks.ts';
import { isUnwanted, readWishes } from './revise.ts';
import { undertakingOf } from './reading/undertakings.ts';
import type { Undertaking } from './reading/undertakings.ts';

type Place = { readonly project: string | null; readonly guessed: boolean };

function placeOf(task: ReadTask, undertakings: readonly Undertaking[], sections: Sections): Place {
  const said = projectFor(task.segment.quote, sections);
  if (said !== null) return { project: said.id, guessed: said.guessed };
  const own = undertakingOf(task.segment, undertakings);
  if (own !== null) return { project: own.key, guessed: own.guessed };
  const under = task.segment.heading === null ? null : projectFor(task.segment.heading, sections);
  return under === null ? { project: null, guessed: false } : { project: under.id, guessed: under.guessed };
}

function sameAs(task: ReadTask, sections: Sections): string | null {
  const words = contentWords(task.title);
  return existingTasks(sections).find((other) => similarity(contentWords(other.title), words) >= 0.75)?.id ?? null;
}

/** What a comment asks to be added, quoted by the piece's first thought: the comment itself is no part of the dump. */
function added(reading: Reading, sections: Sections): readonly ReadTask[] {
  const { setting, thoughts } = reading;
  const [first] = thoughts;
  const piece = asText(asObject(sections['output.prepare'])['key']);
  if (first === undefined || (piece !== '' && piece !== 'p1')) return [];
  return readWishes(sections, setting).add.flatMap((quote) =>
    readTasks(
      [{ segment: { ...first.segment, quote, heading: null }, kind: { kind: 'task', sure: 0.95, by: 'cue' } }],
      setting,
    ).map((task) => ({ ...task, segment: { ...first.segment, heading: null }, why: `“${quote}”` })),
  );
}

/** Answers `tasks`: what is to be done, quoted, each with how sure the rule is that said so. */
export function answerTasks(sections: Sections): Json {
  const reading = readDump(asText(sections['intent']), sections);
  const wishes = readWishes(sections, reading.setting);
  // A name that fits an existing project is that project, and no new one.
  const undertakings = reading.undertakings.filter(
    ({ name }) => findMention(name, projectsOf(sections))?.whole !== true && !isUnwanted(name, wishes),
  );
  const wanted = [...reading.tasks, ...added(reading, sections)].filter((task) => !isUnwanted(task.title, wishes));
  return {
    projects: undertakings.map(({ key, name, quote, sure }) => ({
      key,
      name,
      description: '',
      quote,
      confidence: sure,
    })),
    tasks: wanted.slice(0, 120).map((task, index) => {
      const { segment, sure, why, guesses, ...fields } = task;
      const { project, guessed } = placeOf(task, undertakings, sections);
      return {
        key: `t${index + 1}`,
        ...fields,
        steps: [],
        project,
        parent: null,
        existingTaskId: sameAs(task, sections),
        quote: segment.quote,
        guesses: [...guesses, ...(guessed ? ['project'] : [])],
        confidence: sure,
        reason: why,
      };
    }),
  };
}
