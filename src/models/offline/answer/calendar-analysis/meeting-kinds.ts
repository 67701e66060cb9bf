import type { Language } from '../../text/language.ts';

/** Work before or after a meeting: `of` is the meeting's title. */
export type Chore = {
  readonly title: (of: string) => string;
  readonly minutes: number;
  readonly steps: readonly string[];
};
export type MeetingKind = {
  readonly en: RegExp;
  readonly de: RegExp;
  readonly preparation: Readonly<Record<Language, Chore>> | null;
  readonly followUp: Readonly<Record<Language, Chore>> | null;
};

const rest =
  /\b(?:lunch|breakfast|dinner|brunch|break|coffee|gym|sports?|yoga|holidays?|vacation|leave|travel|flight|commute|birthday|party|focus time|blocked|mittag(?:essen|spause)?|pause|kaffee|frühstück|abendessen|urlaub|ferien|feiertag|reise|flug|anfahrt|geburtstag|\p{L}*feier|fokuszeit|geblockt|open ?lab|freie termine|fällt aus|entfällt|abgesagt|cancell?ed)(?![\p{L}])/iu;

/** True for what is rest, a journey, a feast or open to all: nothing is prepared for it, and no project made of it. */
export function isNoWork(title: string): boolean {
  return rest.test(title);
}

function chore(
  en: readonly [string, string],
  de: readonly [string, string],
  minutes: number,
): Readonly<Record<Language, Chore>> {
  const one = ([title, steps]: readonly [string, string]): Chore => ({
    title: (of) => title.replace('…', of),
    minutes,
    steps: steps.split('; '),
  });
  return { en: one(en), de: one(de) };
}

const minutesTaken = chore(
  ['Send the results of …', 'Write down decisions and open points; Send them to everyone who took part'],
  ['Ergebnisse von … verschicken', 'Beschlüsse und offene Punkte aufschreiben; An alle Beteiligten schicken'],
  30,
);

/** Kinds of meetings by the words of their titles, the particular before the general. */
export const meetingKinds: readonly MeetingKind[] = [
  {
    en: /\binterviews?\b/iu,
    de: /(?:vorstellungs|bewerbungs)gespräch/iu,
    preparation: chore(
      ['Prepare for …', 'Read the documents; Write down questions'],
      ['Auf … vorbereiten', 'Unterlagen lesen; Fragen aufschreiben'],
      45,
    ),
    followUp: chore(
      ['Write down the impressions of …', 'Note strengths, doubts and a recommendation; Answer the other side'],
      ['Eindruck von … festhalten', 'Stärken, Zweifel und eine Empfehlung notieren; Rückmeldung geben'],
      30,
    ),
  },
  {
    en: /\bexams?\b/iu,
    de: /(?:prüfung|klausur)/iu,
    preparation: chore(
      ['Study for …', 'Go through the material; Try a sample'],
      ['Für … lernen', 'Stoff durchgehen; Probeaufgaben lösen'],
      180,
    ),
    followUp: null,
  },
  {
    en: /\b(?:presentations?|pitch|demo|keynote|talk|lecture)\b/iu,
    de: /(?:vortrag|präsentation|vorstellung|referat)/iu,
    preparation: chore(
      ['Prepare the presentation for …', 'Settle the message; Make the slides; Rehearse once'],
      ['Präsentation für … vorbereiten', 'Botschaft festlegen; Folien erstellen; Einmal proben'],
      120,
    ),
    followUp: chore(
      ['Answer the questions from …', 'Collect open questions; Send slides and answers'],
      ['Fragen aus … beantworten', 'Offene Fragen sammeln; Folien und Antworten verschicken'],
      30,
    ),
  },
  {
    en: /\b(?:review|retro(?:spective)?|audit|post-?mortem)\b/iu,
    de: /(?:rückblick|retrospektive|abnahme|auswertung)/iu,
    preparation: chore(
      ['Collect material for …', 'Look through what was done; Note what went well and what did not'],
      ['Material für … sammeln', 'Durchsehen, was getan wurde; Notieren, was gut war und was nicht'],
      45,
    ),
    followUp: chore(
      ['Put the findings of … into tasks', 'Go through the notes; Make a task of each point with an owner'],
      ['Ergebnisse von … in Aufgaben fassen', 'Notizen durchgehen; Aus jedem Punkt eine Aufgabe mit Namen machen'],
      30,
    ),
  },
  {
    en: /\bkick-?off\b/iu,
    de: /(?:auftakt|projektstart)/iu,
    preparation: chore(
      ['Prepare …', 'Write down goal, scope and roles; Send the agenda'],
      ['… vorbereiten', 'Ziel, Umfang und Rollen aufschreiben; Tagesordnung verschicken'],
      90,
    ),
    followUp: minutesTaken,
  },
  {
    en: /\b(?:1[:-]1|1on1|one[ -](?:on|to)[ -]one|jour fixe|check-?in)\b/iu,
    de: /(?:mitarbeitergespräch|vier-?augen-?gespräch|jahresgespräch)/iu,
    preparation: chore(
      ['Note points for …', 'Look at the last notes; Write down two or three points'],
      ['Punkte für … notieren', 'Letzte Notizen ansehen; Zwei oder drei Punkte aufschreiben'],
      15,
    ),
    followUp: null,
  },
  {
    en: /\b(?:workshop|seminar|training|class|course|hackathon|barcamp)\b/iu,
    de: /(?:workshop|seminar|schulung|\p{L}*klasse|\p{L}*kurs|\p{L}*lehrgang)(?![\p{L}])/iu,
    preparation: chore(
      ['Prepare …', 'Settle the course of it; Lay out material and room'],
      ['… vorbereiten', 'Ablauf festlegen; Material und Raum bereitstellen'],
      60,
    ),
    followUp: null,
  },
  {
    en: /\b(?:board|steering|committee|general meeting|all[ -]hands|council)\b/iu,
    de: /(?:vorstand|lenkung|ausschuss|plenum|versammlung|gremium)/iu,
    preparation: chore(
      ['Put together the points for …', 'Collect points to decide; Send agenda and documents'],
      ['Tagesordnung für … zusammenstellen', 'Punkte zur Entscheidung sammeln; Unterlagen verschicken'],
      45,
    ),
    followUp: minutesTaken,
  },
  {
    en: /\b(?:planning|roadmap|strategy)\b/iu,
    de: /(?:planung|strategie)/iu,
    preparation: chore(
      ['Prepare the list for …', 'Bring open work up to date; Estimate the next pieces'],
      ['Liste für … vorbereiten', 'Offene Arbeit aktualisieren; Die nächsten Stücke schätzen'],
      45,
    ),
    followUp: null,
  },
  {
    en: /\b(?:client|customer|supplier|negotiation)\b/iu,
    de: /(?:kund(?:e|in|en)|lieferant|verhandlung)/iu,
    preparation: chore(
      ['Prepare for …', 'Read the last exchange; Write down aim and limits'],
      ['Auf … vorbereiten', 'Letzten Austausch lesen; Ziel und Grenzen aufschreiben'],
      45,
    ),
    followUp: minutesTaken,
  },
];
