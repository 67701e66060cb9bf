import type { Language } from '../../text/language.ts';
import type { PhaseGroup, ProjectTask } from './groups.ts';

const stageWords = {
  first:
    /\b(?:plan|measure|research|buy|order|choose|find|decide|agree|ask|book|collect|draw|sketch|design|budget|write down|list|get|hire|compare|define|clarify)\b|(?:planen|messen|recherchieren|kaufen|bestellen|auswählen|wählen|suchen|klären|entscheiden|abstimmen|fragen|buchen|sammeln|zeichnen|skizzieren|entwerfen|festlegen|besorgen|vergleichen|vorbereiten|anfragen)\b/iu,
  last: /\b(?:test|review|check|clean|publish|announce|hand over|launch|release|invite|open|celebrate|deliver|submit|evaluate|close)\b|(?:testen|prüfen|putzen|veröffentlichen|ankündigen|übergeben|einladen|eröffnen|feiern|abgeben|abschließen|auswerten)\b/iu,
};
const names = {
  en: { first: 'Prepare', middle: 'Carry out', last: 'Finish', other: 'Everything else', undated: 'Without a date' },
  de: {
    first: 'Vorbereiten',
    middle: 'Durchführen',
    last: 'Abschließen',
    other: 'Alles andere',
    undated: 'Ohne Termin',
  },
} as const;

function group(name: string, tasks: readonly ProjectTask[], says: Pick<PhaseGroup, 'goal' | 'why'>): PhaseGroup {
  return { name, tasks, missing: [], ...says };
}

/** Before, during, after: by the verb of each task. */
export function byStage(tasks: readonly ProjectTask[], language: Language): readonly PhaseGroup[] {
  const stageOf = ({ title }: ProjectTask): 'first' | 'middle' | 'last' =>
    stageWords.first.test(title) ? 'first' : stageWords.last.test(title) ? 'last' : 'middle';
  const german = language === 'de';
  const says = {
    first: german
      ? {
          goal: 'Alles ist da, was die Arbeit braucht.',
          why: () => 'Es muss geklärt oder beschafft sein, bevor die Arbeit beginnt.',
        }
      : {
          goal: 'Everything the work needs is there.',
          why: () => 'It has to be settled or at hand before the work begins.',
        },
    middle: german
      ? { goal: 'Die eigentliche Arbeit ist getan.', why: () => 'Es ist Teil der eigentlichen Arbeit.' }
      : { goal: 'The work itself is done.', why: () => 'It is part of the work itself.' },
    last: german
      ? { goal: 'Das Ergebnis ist geprüft und übergeben.', why: () => 'Es setzt voraus, dass die Arbeit getan ist.' }
      : { goal: 'The result is checked and handed over.', why: () => 'It needs the work to be done.' },
  };
  const stages = (['first', 'middle', 'last'] as const).map((stage) =>
    group(
      names[language][stage],
      tasks.filter((task) => stageOf(task) === stage),
      says[stage],
    ),
  );
  const used = stages.filter((stage) => stage.tasks.length > 0);
  return used.length === 0 ? stages : used;
}

function stems(title: string): readonly string[] {
  return [...new Set(title.match(/\p{L}{4,}/gu) ?? [])];
}

/** The words that several titles share, the most frequent first; each task goes to the first of its words. */
export function byTopic(tasks: readonly ProjectTask[], language: Language): readonly PhaseGroup[] {
  const counts = new Map<string, { readonly word: string; readonly count: number }>();
  for (const task of tasks) {
    // The first word is mostly the verb: it says what is done, not what about.
    for (const word of language === 'en'
      ? stems(task.title).filter((each) => !task.title.startsWith(each))
      : stems(task.title).filter((each) => /^\p{Lu}/u.test(each))) {
      const key = word.toLowerCase().slice(0, 6);
      counts.set(key, { word: counts.get(key)?.word ?? word, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  const topics = [...counts]
    .filter(([, { count }]) => count > 1)
    .toSorted((a, b) => b[1].count - a[1].count)
    .slice(0, 6);
  const topicOf = (task: ProjectTask): string | undefined =>
    topics.find(([key]) =>
      task.title
        .toLowerCase()
        .split(/[^\p{L}]+/u)
        .some((word) => word.startsWith(key)),
    )?.[0];
  const german = language === 'de';
  const found = topics.map(([key, { word }]) => {
    const name = word.charAt(0).toUpperCase() + word.slice(1);
    return group(
      name,
      tasks.filter((task) => topicOf(task) === key),
      {
        goal: german ? `Alles zu „${name}“ ist erledigt.` : `Everything about "${name}" is done.`,
        why: () => (german ? `Es geht um „${name}“.` : `It is about "${name}".`),
      },
    );
  });
  const rest = group(
    names[language].other,
    tasks.filter((task) => topicOf(task) === undefined),
    {
      goal: german ? 'Der Rest ist erledigt.' : 'The rest is done.',
      why: () => (german ? 'Es gehört zu keinem der Themen.' : 'It belongs to none of the topics.'),
    },
  );
  return [...found, rest].filter((each) => each.tasks.length > 0);
}

/** Work that is due in the same month; what has no date comes last. */
export function byDeadline(tasks: readonly ProjectTask[], language: Language): readonly PhaseGroup[] {
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    timeZone: 'UTC',
    month: 'long',
    year: 'numeric',
  });
  const german = language === 'de';
  const months = [...new Set(tasks.flatMap((task) => task.due?.slice(0, 7) ?? []))].toSorted();
  const dated = months.map((month) => {
    const name = format.format(Date.parse(`${month}-15T00:00:00Z`));
    return group(
      german ? `Bis Ende ${name}` : `By the end of ${name}`,
      tasks.filter((task) => task.due?.startsWith(month) === true),
      {
        goal: german ? `Was bis Ende ${name} fällig ist, ist erledigt.` : `What is due by the end of ${name} is done.`,
        why: (task) => (german ? `Fällig am ${task.due ?? ''}.` : `Due on ${task.due ?? ''}.`),
      },
    );
  });
  const undated = group(
    names[language].undated,
    tasks.filter((task) => task.due === null),
    {
      goal: german ? 'Was keinen Termin hat, ist erledigt.' : 'What has no date is done.',
      why: () => (german ? 'Es hat keinen Termin.' : 'It has no date.'),
    },
  );
  return [...dated, undated].filter((each) => each.tasks.length > 0);
}
