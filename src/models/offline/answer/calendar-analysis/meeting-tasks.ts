import type { Json, JsonObject } from '../../../../contract/json.ts';
import { existingTasks } from '../../facts.ts';
import { asList, asObject, asText } from '../../json-values.ts';
import { contentWords, oneLine, shortened, similarity } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import { splitSentences } from '../../text/sentences.ts';
import type { Sections } from '../answerer.ts';
import { isNoWork, meetingKinds } from './meeting-kinds.ts';
import type { Chore, MeetingKind } from './meeting-kinds.ts';
import { readObjections } from './objections.ts';
import { findProject } from './suggest.ts';
import { languageOf, readComments, readProjects } from './request.ts';

type Role = 'preparation' | 'follow_up';
type Meeting = {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly series: string;
  readonly linked: readonly string[];
};
type Wanted = { readonly role: Role; readonly chore: Chore; readonly reason: string; readonly quote: string };

const asked: Readonly<Record<Role, RegExp>> = {
  preparation:
    /\b(?:prepare|bring|read|review|please send|fill in|beforehand|before the meeting|vorbereiten|mitbringen|vorab|bitte .{0,40}(?:lesen|ansehen|mitbringen|schicken))\b/iu,
  follow_up: /\b(?:follow[ -]?up|minutes|action items|afterwards|protokoll|im anschluss|nachbereitung)\b/iu,
};
const same = 0.75;
const dueInDays = 2;

const plain: Readonly<Record<Role, Readonly<Record<Language, Chore>>>> = {
  preparation: {
    en: { title: (of) => `Prepare for ${of}`, minutes: 30, steps: [] },
    de: { title: (of) => `Auf ${of} vorbereiten`, minutes: 30, steps: [] },
  },
  follow_up: {
    en: { title: (of) => `Follow up on ${of}`, minutes: 30, steps: [] },
    de: { title: (of) => `${of} nachbereiten`, minutes: 30, steps: [] },
  },
};
const say = {
  en: { kind: (word: string) => `The title says "${word}".`, quote: 'The description asks for it.' },
  de: { kind: (word: string) => `Der Titel sagt "${word}".`, quote: 'Die Beschreibung bittet darum.' },
} as const;

function readMeeting(value: Json): Meeting {
  const meeting = asObject(value);
  return {
    key: asText(meeting['key']),
    title: oneLine(asText(asObject(meeting['event'])['title'])),
    description: asText(meeting['description']),
    series: asText(meeting['series']),
    linked: asList(meeting['linked']).map(asText),
  };
}

/** The kind whose word the title has, with that word and the language it is in. */
function kindOf(
  title: string,
): { readonly kind: MeetingKind; readonly word: string; readonly language: Language } | null {
  for (const kind of meetingKinds) {
    const german = kind.de.exec(title)?.[0];
    const english = kind.en.exec(title)?.[0];
    const word = german ?? english;
    if (word === undefined) continue;
    const language = german === undefined || english !== undefined ? languageOf(title) : 'de';
    return { kind, word, language };
  }
  return null;
}

function wantedFor({ title, description }: Meeting): {
  readonly language: Language;
  readonly wanted: readonly Wanted[];
} {
  const found = kindOf(title);
  const language =
    description.trim() === '' ? (found?.language ?? languageOf(title)) : languageOf(`${title} ${description}`);
  const sentences = splitSentences(description, language);
  const wanted = (['preparation', 'follow_up'] as const).flatMap((role): Wanted[] => {
    const quote = sentences.find((sentence) => asked[role].test(sentence)) ?? '';
    const usual = role === 'preparation' ? found?.kind.preparation : found?.kind.followUp;
    if (quote !== '') return [{ role, chore: (usual ?? plain[role])[language], reason: say[language].quote, quote }];
    if (found === null || usual === null || usual === undefined) return [];
    return [{ role, chore: usual[language], reason: say[language].kind(found.word), quote }];
  });
  return { language, wanted };
}

/** The suggestion that the meeting's series is in, else a project of the same words. */
function projectFor(meeting: Meeting, sections: Sections): string | null {
  const suggested = asList(asObject(sections['output.suggest'])['projects']).map(asObject);
  const own = suggested.find(
    (each) => meeting.series !== '' && asList(each['series']).map(asText).includes(meeting.series),
  );
  if (own !== undefined) return asText(own['key']);
  return findProject(meeting.title, readProjects(sections))?.id ?? null;
}

function toTask({ role, chore, reason, quote }: Wanted, meeting: Meeting, sections: Sections): JsonObject {
  const title = shortened(chore.title(meeting.title), 280);
  const words = contentWords(title);
  const existing = existingTasks(sections).find((task) => similarity(contentWords(task.title), words) >= same);
  return {
    role,
    title,
    description: quote === '' ? '' : shortened(quote, 500),
    steps: [...chore.steps],
    durationMinutes: chore.minutes,
    priority: 'medium',
    dueInDays: role === 'preparation' ? 0 : dueInDays,
    existingTaskId: existing?.id ?? null,
    project: projectFor(meeting, sections),
    reason,
  };
}

/** Answers `meeting_tasks`: what the kind of a meeting, or its description, asks to be done before and after it. */
export function answerMeetingTasks(sections: Sections): Json {
  const meetings = asList(sections['meetings']).map(readMeeting);
  const objections = readObjections(
    readComments(sections),
    meetings.map(({ title }) => title),
  );
  const items = meetings.map((meeting) => {
    const { wanted } = isNoWork(meeting.title) ? { wanted: [] } : wantedFor(meeting);
    const tasks = wanted
      .filter(({ role }) => !meeting.linked.includes(role) && !objections.against(role, [meeting.title]))
      .map((each) => toTask(each, meeting, sections));
    return { key: meeting.key, tasks };
  });
  return { items };
}
