import { asObject, asText } from '../../../json-values.ts';
import { detectLanguage } from '../../../text/language.ts';
import type { Sections } from '../../answerer.ts';
import type { Setting } from './kinds.ts';
import { readTasks, readThoughts } from './read-tasks.ts';
import type { ReadTask, Thought } from './read-tasks.ts';
import { readSegments } from './segments.ts';
import { readUndertakings } from './undertakings.ts';
import type { Undertaking } from './undertakings.ts';

/** A piece of a dump as the rules understand it. */
export type Reading = {
  readonly setting: Setting;
  readonly thoughts: readonly Thought[];
  readonly tasks: readonly ReadTask[];
  readonly undertakings: readonly Undertaking[];
};

function settingOf(text: string, sections: Sections): Setting {
  const found = asText(asObject(sections['output.prepare'])['language']);
  const language = found === 'de' || found === 'en' ? found : detectLanguage(text);
  const now = asText(sections['now']) || '2000-01-01T00:00:00Z';
  return { language, reference: { now, timeZone: asText(sections['time_zone']) || 'UTC' } };
}

export function readDump(text: string, sections: Sections): Reading {
  const setting = settingOf(text, sections);
  const segments = readSegments(text, setting.language);
  const thoughts = readThoughts(segments, setting);
  const tasks = readTasks(thoughts, setting);
  const undertakings = readUndertakings(segments, {
    language: setting.language,
    tasks: tasks.map((task) => task.segment),
  });
  return { setting, thoughts, tasks, undertakings };
}
