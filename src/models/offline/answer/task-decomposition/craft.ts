import type { Language } from '../../text/language.ts';
import { plain } from '../../text/clean.ts';
import { actionVerb } from '../../text/verbs.ts';

type Kind = 'get' | 'write' | 'build' | 'study' | 'agree' | 'check' | 'tidy' | 'any';

/** The rest of a title that opens with one of these is no thing by itself: "Test with real users". */
const dangling =
  /^(?:and|or|with|what|who|whom|it|them|to|for|in|on|from|of|off|about|through|und|oder|mit|was|wer|zu|für|von|über)(?:\s|,|$)/iu;

/** How work of one kind usually goes. `{x}` is what the work is about, `{t}` its whole title. */
type Craft = {
  readonly steps: readonly string[];
  readonly acceptance: string;
  /** First stage, the stage that is repeated as often as its length asks for, last stage. */
  readonly course: readonly [string, string, string];
};

const verbs: Readonly<Record<Exclude<Kind, 'any'>, string>> = {
  get: 'buy order get find book hire rent reserve borrow obtain fetch acquire collect kaufen bestellen besorgen mieten finden buchen reservieren holen einkaufen abholen ausleihen suchen',
  write:
    'write draft compose document describe revise rewrite translate note outline formulate schreiben verfassen formulieren dokumentieren beschreiben überarbeiten übersetzen gliedern entwerfen aufschreiben',
  build:
    'build implement develop create code design construct assemble print make produce prepare bauen entwickeln implementieren erstellen programmieren umsetzen aufbauen anlegen montieren gestalten konzipieren drucken herstellen vorbereiten',
  study:
    'read research learn study analyze analyse compare examine investigate explore survey gather practice lesen recherchieren lernen analysieren vergleichen untersuchen sammeln auswerten üben',
  agree:
    'ask brief inform call meet agree decide discuss choose invite negotiate settle clarify plan schedule arrange confirm fragen anrufen treffen abstimmen entscheiden besprechen klären vereinbaren festlegen planen auswählen einladen verhandeln bestätigen',
  check:
    'test check review verify validate proofread audit inspect measure try testen prüfen überprüfen korrigieren messen ausprobieren untersuchen kontrollieren',
  tidy: 'clean clear pack unpack paint sort tidy wash move repair fix sand plant cook bake organize organise renovate putzen räumen packen streichen sortieren aufräumen waschen reparieren schleifen pflanzen kochen backen renovieren entrümpeln umziehen reinigen ausmisten',
};

const crafts: Readonly<Record<Language, Readonly<Record<Kind, Craft>>>> = {
  en: {
    get: {
      steps: ['Write down what exactly is needed', 'Compare two or three offers', 'Decide and get it'],
      acceptance: 'It is there or firmly agreed, and what it costs is noted.',
      course: ['Write down what is needed for {x}', 'Get {x}', 'Check what came and note the costs of {x}'],
    },
    write: {
      steps: ['List the points that have to be in it', 'Write it in one go', 'Read it once more and correct it'],
      acceptance: 'Somebody else can read it without asking back.',
      course: ['Outline {x}', 'Write {x}', 'Revise and proofread {x}'],
    },
    build: {
      steps: ['Sketch how it shall be', 'Make the simplest version that works', 'Try it and mend what is wrong'],
      acceptance: 'It works when somebody else tries it.',
      course: ['Sketch {x}', 'Make {x}', 'Try {x} and mend what is wrong'],
    },
    study: {
      steps: ['Write down what has to be found out', 'Go through the material and take notes', 'Sum up the findings'],
      acceptance: 'The findings stand on one page, each with where it comes from.',
      course: ['Gather the material for {x}', 'Work through {x}', 'Sum up {x}'],
    },
    agree: {
      steps: ['Note what has to be settled', 'Talk to those it concerns', 'Write down what was agreed'],
      acceptance: 'What was agreed is written down, and those it concerns know it.',
      course: ['Note what has to be settled for {x}', 'Settle {x}', 'Write down and tell what was agreed on {x}'],
    },
    check: {
      steps: ['List what has to hold', 'Go through it point by point', 'Note what fails and who mends it'],
      acceptance: 'Each point was looked at; what failed is noted or mended.',
      course: ['List what has to hold for {x}', 'Go through {x}', 'Mend what failed in {x}'],
    },
    tidy: {
      steps: ['Get tools and material ready', 'Do it area by area', 'Look it over and put everything away'],
      acceptance: 'Every area is done, and tools and rubbish are gone.',
      course: ['Get everything ready: {t}', '{t}', 'Look over and clear up: {t}'],
    },
    any: {
      steps: [
        'Write down what counts as done',
        'Do the first part that can be seen',
        'Compare it with what counts as done',
      ],
      acceptance: 'What counts as done is there and can be shown.',
      course: ['Prepare: {t}', '{t}', 'Finish and check: {t}'],
    },
  },
  de: {
    get: {
      steps: [
        'Aufschreiben, was genau gebraucht wird',
        'Zwei oder drei Angebote vergleichen',
        'Entscheiden und besorgen',
      ],
      acceptance: 'Es ist da oder fest vereinbart, und die Kosten sind notiert.',
      course: ['Bedarf aufschreiben: {x}', 'Besorgen: {x}', 'Lieferung prüfen und Kosten notieren: {x}'],
    },
    write: {
      steps: ['Punkte auflisten, die hineingehören', 'In einem Zug schreiben', 'Noch einmal lesen und verbessern'],
      acceptance: 'Jemand anderes kann es ohne Rückfragen lesen.',
      course: ['Gliedern: {x}', 'Schreiben: {x}', 'Überarbeiten und Korrektur lesen: {x}'],
    },
    build: {
      steps: ['Skizzieren, wie es werden soll', 'Einfachste brauchbare Fassung machen', 'Ausprobieren und nachbessern'],
      acceptance: 'Es funktioniert, wenn jemand anderes es ausprobiert.',
      course: ['Skizzieren: {x}', 'Umsetzen: {x}', 'Ausprobieren und nachbessern: {x}'],
    },
    study: {
      steps: ['Aufschreiben, was herauszufinden ist', 'Material durchgehen und notieren', 'Ergebnisse zusammenfassen'],
      acceptance: 'Die Ergebnisse stehen auf einer Seite, jedes mit seiner Quelle.',
      course: ['Material sammeln: {x}', 'Durcharbeiten: {x}', 'Zusammenfassen: {x}'],
    },
    agree: {
      steps: ['Notieren, was zu klären ist', 'Mit den Beteiligten sprechen', 'Ergebnis aufschreiben'],
      acceptance: 'Das Ergebnis ist aufgeschrieben, und die Beteiligten kennen es.',
      course: ['Offene Punkte notieren: {x}', 'Klären: {x}', 'Ergebnis festhalten und mitteilen: {x}'],
    },
    check: {
      steps: ['Auflisten, was gelten muss', 'Punkt für Punkt durchgehen', 'Mängel notieren und zuordnen'],
      acceptance: 'Jeder Punkt ist angesehen; Mängel sind notiert oder behoben.',
      course: ['Prüfpunkte auflisten: {x}', 'Durchgehen: {x}', 'Mängel beheben: {x}'],
    },
    tidy: {
      steps: ['Werkzeug und Material bereitlegen', 'Bereich für Bereich erledigen', 'Durchsehen und alles wegräumen'],
      acceptance: 'Jeder Bereich ist fertig, Werkzeug und Abfall sind weg.',
      course: ['Alles bereitlegen: {t}', '{t}', 'Durchsehen und aufräumen: {t}'],
    },
    any: {
      steps: ['Aufschreiben, was als fertig gilt', 'Ersten sichtbaren Teil erledigen', 'Mit dem Ziel vergleichen'],
      acceptance: 'Was als fertig gilt, ist da und lässt sich zeigen.',
      course: ['Vorbereiten: {t}', '{t}', 'Abschließen und prüfen: {t}'],
    },
  },
};

const kindOf = new Map(
  (Object.entries(verbs) as readonly (readonly [Kind, string])[]).flatMap(([kind, list]) =>
    list.split(' ').map((verb) => [verb, kind] as const),
  ),
);

function kindOfTitle(title: string, language: Language): Kind {
  const verb = actionVerb(plain(title), language);
  return (verb === null ? undefined : kindOf.get(verb)) ?? 'any';
}

/** How such work usually goes, by the verb of its title. */
export function craftOf(title: string, language: Language): Craft {
  return crafts[language][kindOfTitle(title, language)];
}

/** What a title is about: itself without the verb that it opens (English) or ends (German) with; null where that is unclear. */
export function objectOf(title: string, language: Language): string | null {
  const text = plain(title);
  if (actionVerb(text, language) === null) return null;
  const ends = language === 'de' && actionVerb(text.split(' ').at(-1) ?? '', 'de') !== null;
  const rest = ends ? text.replace(/\s+\S+$/u, '') : text.replace(/^\S+(?:\s+|$)(?:(?:up|out|over|down)\s+)?/u, '');
  return rest === '' || rest === text || dangling.test(rest) ? null : rest;
}

const carryOut: Readonly<Record<Language, string>> = { en: 'Carry out: ', de: 'Ausführen: ' };

/** The names of the stages of such work: begin, the work itself (alone, or one of several sittings), end. */
export function stagesOf(
  title: string,
  language: Language,
): { readonly first: string; readonly alone: string; readonly sitting: string; readonly last: string } {
  const object = objectOf(title, language);
  const { course } = object === null ? crafts[language].any : craftOf(title, language);
  const name = (stage: string): string => stage.replace('{x}', object ?? title).replace('{t}', title);
  const [first, sitting, last] = [name(course[0]), name(course[1]), name(course[2])];
  return { first, alone: sitting === title ? `${carryOut[language]}${title}` : sitting, sitting, last };
}
