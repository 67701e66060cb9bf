import type { Language } from '../text/language.ts';
import type { Outline } from '../outline/outline.ts';

/** Said in every answer, so that nobody takes rules for a language model. */
export const offlineName = "Steward's offline model";

const named: Readonly<Record<Language, string>> = {
  en: `Planned by ${offlineName}: rules that read the text, no language model.`,
  de: 'Geplant vom Offline-Modell von Steward: Regeln, die den Text lesen, kein Sprachmodell.',
};
const sources: Readonly<Record<Language, Readonly<Record<Outline['source'], string>>>> = {
  en: {
    roadmap: "the text's own roadmap",
    next_steps: "the text's own list of next steps",
    headings: 'the headings under which the text lists things to do',
    lists: 'the list in the text',
    table: 'the table in the text',
    sentences: 'the sentences that name something to do',
    existing: "the project's open tasks",
    template: 'the usual course of such an undertaking, since the text names no tasks',
  },
  de: {
    roadmap: 'dem Fahrplan des Textes',
    next_steps: 'den nächsten Schritten des Textes',
    headings: 'den Überschriften, unter denen der Text Aufgaben aufzählt',
    lists: 'der Liste im Text',
    table: 'der Tabelle im Text',
    sentences: 'den Sätzen, die etwas zu tun nennen',
    existing: 'den offenen Aufgaben des Projekts',
    template: 'dem üblichen Ablauf eines solchen Vorhabens, da der Text keine Aufgaben nennt',
  },
};

/** The sentence that names the offline model. */
export function offlineNotice(language: Language): string {
  return named[language];
}

/** Where the plan comes from, in one sentence. */
export function sourceSentence(outline: Outline): string {
  const heading = outline.heading === null ? '' : ` ("${outline.heading}")`;
  const start = outline.language === 'de' ? 'Phasen und Aufgaben folgen' : 'Phases and tasks follow';
  return `${start} ${sources[outline.language][outline.source]}${heading}.`;
}

/** "3 phases and 9 tasks". */
export function countSentence(outline: Outline): string {
  const tasks = outline.phases.reduce((sum, phase) => sum + phase.tasks.length, 0);
  const phases = outline.phases.length;
  if (outline.language === 'de')
    return `${phases} ${phases === 1 ? 'Phase' : 'Phasen'} und ${tasks} ${tasks === 1 ? 'Aufgabe' : 'Aufgaben'}`;
  return `${phases} ${phases === 1 ? 'phase' : 'phases'} and ${tasks} ${tasks === 1 ? 'task' : 'tasks'}`;
}
