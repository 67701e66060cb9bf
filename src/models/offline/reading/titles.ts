import { plain } from '../text/clean.ts';

const roadmap =
  /\b(?:road\s?map|execution plan|implementation (?:plan|phases|steps|roadmap|order)|action plan|work ?plan|project plan|rollout(?: plan)?|delivery plan|build plan|milestones?|phases|plan of (?:action|attack)|fahrplan|zeitplan|projektplan|meilensteine|umsetzung(?:splan|sschritte)?|vorgehen|ablauf(?:plan)?|arbeitspakete?|phasen|maßnahmen(?:plan)?)\b/iu;
const nextSteps =
  /\b(?:next steps?|to-?dos?|task list|tasks|action items?|actions?|open (?:items|tasks|points|issues)|what needs|what(?:'s| is) left|remaining work|known issues|backlog|check ?list|steps|schedule|timeline|work packages|things to do|nächste schritte|aufgaben(?:liste)?|schritte|offene punkte|checkliste|erledigen|arbeiten)\b/iu;
const descriptive =
  /\b(?:overview|architecture|background|context|existing|current|patterns?|examples?|appendix|references?|schema|tech stack|features?|table of contents|contents|configuration|config|troubleshooting|quick (?:start|reference)|getting started|how to use|best practices|summary|glossary|faq|use cases?|concepts?|communication|notifications?|security|critical files|files|endpoints?|structure|interfaces?|usage|metrics|performance|constraints|considerations|lifecycle|sources|types?|fields|environment variables|verification|testing strategy|risks?|budget|costs?|out of scope|non-goals|assumptions|contact|participants|attendees|ingredients|zutaten|überblick|hintergrund|zusammenfassung|risiken|kosten|teilnehmer|annahmen|beispiele?|stream format|what (?:we|this|it)\b.*|onboarding|session|future enhancements|packing list|packliste)\b/iu;
const demanding =
  /\b(?:requirements?|to support|goals?|deliverables?|must[- ]haves?|scope|integration points?|where to|how to add|anforderungen|ziele|lieferumfang)\b/iu;
const phaseLabel =
  /^(?:phase|week|stage|sprint|milestone|month|day|quarter|q[1-4]\b|part|woche|etappe|meilenstein|monat|tag|teil|abschnitt|kw|stufe|block)\s*#?\s*(?:\d{1,3}|[ivx]{1,4}\b|one|two|three|four|five|eins|zwei|drei|[a-e]\b)?/iu;
const phaseNumber =
  /^(?:phase|week|stage|sprint|milestone|month|day|quarter|part|woche|etappe|meilenstein|monat|tag|teil|abschnitt|kw|stufe)\s*#?\s*(?:\d{1,3}|[ivx]{1,4}\b|one|two|three|four|five|eins|zwei|drei)|^q[1-4]\b/iu;
const monthOrDay =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|januar|februar|märz|mai|juni|juli|oktober|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b/iu;
const taskLabel = /^(?:pr|task|ticket|story|issue|step|todo|item|aufgabe|schritt|arbeitspaket|ap)\s*#?\s*\d{1,3}\b/iu;
const groupLabel =
  /^(?:scope|tasks?|steps?|work|what|to-?dos?|actions?|activities|includes?|contents?|details|plan|aufgaben|schritte|umfang|inhalt|maßnahmen|deliverables|lieferobjekte|ergebnisse)$/iu;
const asideLabel =
  /^(?:what was delivered|delivered|done|completed|success criteria|acceptance(?: criteria)?|goals?|risks?|notes?|out of scope|why.*|exit criteria|prerequisites|what was stubbed|stubbed|output|outcome|example|owner|location|llm usage|benefits|purpose|key .*|erfolgskriterien|risiken|hinweise?|notizen|nicht enthalten|ziele?|voraussetzungen|budget|kosten|costs?)\b/iu;

/** What a heading promises: an explicit plan, a list of things to do, a description, demands, or nothing in particular. */
export type TitleClass = 'roadmap' | 'next_steps' | 'descriptive' | 'demanding' | 'neutral';

export function classOfTitle(title: string): TitleClass {
  const text = plain(title);
  if (roadmap.test(text) || /^(?:the )?plan$/iu.test(text)) return 'roadmap';
  if (demanding.test(text) && !/\b(?:existing|current)\b/iu.test(text)) return 'demanding';
  if (nextSteps.test(text)) return 'next_steps';
  return descriptive.test(text) ? 'descriptive' : 'neutral';
}

/** "Phase 2: …", "Week 3", "Q1", a month or a weekday: a stretch of time or work, not a single thing to do. */
export function namesPhase(title: string): boolean {
  const text = plain(title);
  return phaseNumber.test(text) || monthOrDay.test(text) || (phaseLabel.test(text) && /^phase\b/iu.test(text));
}

/** "PR 3: …", "Step 1", "Ticket 12": a single thing to do. */
export function namesTask(title: string): boolean {
  return taskLabel.test(plain(title));
}

/** A label such as "Scope" whose list belongs to the section above. */
export function isGroupLabel(title: string): boolean {
  return groupLabel.test(plain(title).replace(/:$/u, ''));
}

/** A label whose list says something about the work but is not the work ("Success criteria"). */
export function isAsideLabel(title: string): boolean {
  return asideLabel.test(plain(title));
}

/** A line that introduces a list without naming it ("Here is what we need to do"). */
export function isMereIntroduction(title: string): boolean {
  const text = plain(title);
  return (
    text.split(/\s+/u).length > 6 ||
    /^(?:here|these|the following|we|i|you|please|so|hi|hello|hallo|wir|ich|bitte|folgende|hier|es|das|die folgenden|what (?:has|have|needs|we|i|you)\b(?! testing))\b/iu.test(
      text,
    )
  );
}
