import { asText } from '../../json-values.ts';
import { oneLine } from '../../text/clean.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import type { Sections } from '../answerer.ts';

/** What an agent's goal asks for, as far as rules understand it. */
export type Goal = {
  readonly text: string;
  readonly language: Language;
  readonly now: string;
  readonly timeZone: string;
  /** The words to search for: what the goal is about. */
  readonly topic: string;
  readonly wants: {
    readonly overdue: boolean;
    readonly projects: boolean;
    readonly calendar: boolean;
    readonly freeTime: boolean;
    /** A note of what was found. */
    readonly note: boolean;
  };
};

const mostWords = 8;
// What a goal says of the work, not of its matter.
const bare = new Set(
  `the a an and or of to in on for with at by from into as is are be been it its this that these those your our my me i we you all any
  some find found search look looking lookup list show tell say give get read check see note notes noted notice write down keep make create
  add everything anything something about which what who whom when where why how should shall would could can will must do does did done
  them they their there here still open overdue late due task tasks todo todos project projects calendar meeting meetings event events week
  weeks month today tomorrow now next free time day days record records file files text texts report result answer please have has had
  not no yes also then than only out up down off over under more most much many if so but
  der die das den dem des ein eine einen einem einer eines und oder von zu zum zur im am auf für mit bei aus nach vor über unter ist sind
  war sein ich du wir ihr sie es mir mich uns mein meine meinen meiner alle alles allem was wer wie wo wann warum welche welcher welches
  soll sollen sollte muss müssen kann können noch offen offene offenen überfällig überfällige finde such suche zeig zeige liste nenne sag
  schau lies notiere notier schreibe schreib halte fest merke aufgabe aufgaben projekt projekte projekten kalender termin termine woche
  heute morgen jetzt frei freie zeit tag tage notiz notizen datei dateien bitte auch nur nicht dann damit dazu tun getan werden wird dass steht
  stehen unterlagen document documents dokumente dokumenten etwas gibt`.split(/\s+/u),
);

const overdue = /\b(?:overdue|late|past due|behind)\b|überfällig|verspätet|verzug/iu;
const projects = /\bproje(?:ct|kt)/iu;
const calendar = /\b(?:calendar|meetings?|events?|appointments?)\b|kalender|termin|besprechung/iu;
const freeTime = /\bfree\b|\btime\s+for\b|\bfreie?\b|\bwann\s+(?:kann|habe|hätte)\b|\bwhen\s+(?:can|could)\b/iu;
const note =
  /\bnotes?\s+(?:down\s+)?(?:what|everything|all|which|the)\b|\bwrite\s+down\s+(?:what|everything|all|which|the)\b|\b(?:keep|make|create|write|add)\s+an?\s+(?:\w+\s+)?note\b|\bnotiere?\s*,?\s*(?:was|alles|alle|welche)\b|\bhalte?\b.{0,80}\bfest\b|\b(?:schreibe?|mache?|lege?)\s+(?:mir\s+)?eine\s+notiz/iu;
// "Search my notes for the roses" asks for no note.
const readsNotes = /\b(?:search|read|in|from|find|show|list)\s+(?:all\s+)?(?:my|the|our)?\s*notes\b/iu;

/** Reads a goal in English or German. */
export function readGoal(sections: Sections): Goal {
  const text = oneLine(asText(sections['intent']));
  const words = (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).filter((word) => !bare.has(word.toLowerCase()));
  return {
    text,
    language: detectLanguage(text),
    now: asText(sections['now']),
    timeZone: asText(sections['time_zone']) || 'UTC',
    topic: [...new Set(words)].slice(0, mostWords).join(' '),
    wants: {
      overdue: overdue.test(text),
      projects: projects.test(text),
      calendar: calendar.test(text),
      freeTime: freeTime.test(text),
      note: note.test(text) && !readsNotes.test(text),
    },
  };
}
