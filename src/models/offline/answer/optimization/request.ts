import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import type { JsonObject } from '../../../../contract/json.ts';
import type { Sections } from '../answerer.ts';

/** A finding as the sections tell it. */
export type Finding = {
  readonly key: string;
  readonly kind: string;
  readonly about: string;
  readonly taskIds: readonly string[];
  readonly projectIds: readonly string[];
  readonly evidence: JsonObject;
  readonly remedies: readonly string[];
};

export type Task = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly steps: string;
  readonly status: string;
  readonly priority: string;
  readonly minutes: number | null;
  readonly deadline: string;
};

/** What the sections say, read once for all findings of a call. */
export type Request = {
  readonly findings: readonly Finding[];
  readonly tasks: ReadonlyMap<string, Task>;
  readonly language: Language;
  /** Local date of the request. */
  readonly today: string;
  /** Comments of rejected proposals, and everything else the person said. */
  readonly comments: readonly string[];
  readonly said: string;
};

function readTask(task: JsonObject): Task {
  const minutes = task['durationMinutes'];
  return {
    id: asText(task['id']),
    title: asText(task['title']),
    text: [asText(task['description']), asText(task['details'])].filter((part) => part !== '').join('\n'),
    steps: asText(task['steps']),
    status: asText(task['status']),
    priority: asText(task['priority']),
    minutes: typeof minutes === 'number' ? minutes : null,
    deadline: asText(task['deadline']),
  };
}

export function readOptimization(sections: Sections): Request {
  const findings = asList(sections['findings'])
    .map(asObject)
    .map((finding) => ({
      key: asText(finding['key']),
      kind: asText(finding['kind']),
      about: asText(finding['about']),
      taskIds: asList(finding['taskIds']).map(asText),
      projectIds: asList(finding['projectIds']).map(asText),
      evidence: asObject(finding['evidence']),
      remedies: asList(finding['remedies']).map(asText),
    }));
  const tasks = asList(sections['tasks']).map(asObject).map(readTask);
  const comments = asList(sections['rejections']).map((each) => asText(asObject(each)['comment']));
  const added = asList(sections['added_context']).map(asText);
  const said = [asText(sections['intent']), ...added, ...comments].join('\n');
  const sample = said.trim() === '' ? tasks.map((task) => task.title).join('. ') : said;
  return {
    findings,
    tasks: new Map(tasks.map((task) => [task.id, task])),
    language: detectLanguage(sample),
    today: asText(sections['now']).slice(0, 10),
    comments,
    said,
  };
}
