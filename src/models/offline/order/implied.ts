import { contentWords, plain } from '../text/clean.ts';
import { isAction } from '../reading/collect.ts';
import { namesPhase, namesTask } from '../reading/titles.ts';
import type { Outline } from '../outline/outline.ts';
import type { Language } from '../text/language.ts';
import type { Edge } from './graph.ts';
import type { OrderedTask } from './ordered-task.ts';
import { reasons } from './reasons.ts';

const making =
  /^(?:–\s*)?(?:add|create|implement|write|build|set up|introduce|define|export|expose|generate|provide|design|erstelle\w*|anlegen|baue\w*|schreibe\w*)\b/iu;
/** Names of files and routes in code marks, by their last part: `api/_lib/schema.ts` → `schema`. */
function codeNames(text: string): ReadonlySet<string> {
  const names = [...text.matchAll(/`([^`\n]{2,120})`/gu)].flatMap((match) => {
    const code =
      (match[1] ?? '').split(/\s/u).filter((part) => !/^(?:get|post|put|patch|delete)$/iu.test(part))[0] ?? '';
    const last =
      code
        .replace(/[?#].*$/u, '')
        .split('/')
        .filter((part) => part !== '')
        .at(-1) ?? '';
    const name = last
      .replace(/\.\w{1,5}$/u, '')
      .replace(/[^\w-]/gu, '')
      .toLowerCase();
    return name.length >= 4 ? [name] : [];
  });
  return new Set(names);
}

/** A task that mentions the file or route that an earlier one makes needs it. */
export function codeEdges(tasks: readonly OrderedTask[], language: Language): readonly Edge[] {
  const made = tasks.map((task) => codeNames(task.steps.filter((step) => making.test(plain(step))).join('\n')));
  const seen = tasks.map((task) => codeNames(task.text));
  return tasks.flatMap((task, later) =>
    tasks.slice(0, later).flatMap((other, earlier): readonly Edge[] => {
      const shared = [...(made[earlier] ?? [])].find((name) => seen[later]?.has(name) === true);
      return shared === undefined
        ? []
        : [
            {
              task: task.key,
              dependsOn: other.key,
              kind: 'hard',
              reason: reasons[language].usesMade(shared, other.title),
            },
          ];
    }),
  );
}

/** The last two words of a title as the name of what the task makes: "PR 5: Run Detail Page" → "detail page". */
function productOf(task: OrderedTask): string | null {
  const name =
    plain(task.title)
      .split(/:\s|\s[–—-]\s/u)
      .at(-1) ?? '';
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = words.slice(-2);
  return last.length === 2 && last.every((word) => word.length >= 4) ? last.join(' ') : null;
}

/** A task that speaks of what an earlier one makes ("buttons on the detail page") needs it. */
export function productEdges(tasks: readonly OrderedTask[], language: Language): readonly Edge[] {
  return tasks.flatMap((other) => {
    const product = productOf(other);
    if (product === null) return [];
    return tasks
      .filter(
        (task) =>
          task.place > other.place &&
          task.steps.concat(task.title).some((text) => plain(text).toLowerCase().includes(product)) &&
          productOf(task) !== product,
      )
      .map((task): Edge => ({
        task: task.key,
        dependsOn: other.key,
        kind: 'hard',
        reason: reasons[language].buildsOn(product, other.title),
      }));
  });
}

const layers: readonly RegExp[] = [
  /\b(?:schema|migrations?|data model|database|tables?|datenmodell|datenbank)\b/iu,
  /\b(?:apis?|endpoints?|backend|server|routes?|schnittstelle)\b/iu,
  /\b(?:ui|pages?|views?|screens?|front-?end|components?|modals?|forms?|user interface|oberfläche)\b/iu,
];

function layerOf(task: OrderedTask): number {
  return layers.findIndex((pattern) => pattern.test(plain(task.title)));
}

/** In software, data comes before its interface and that before the screens: the nearest earlier task of the layer below. */
export function layerEdges(tasks: readonly OrderedTask[], language: Language): readonly Edge[] {
  return tasks.flatMap((task): readonly Edge[] => {
    const layer = layerOf(task);
    if (layer <= 0) return [];
    const below = tasks
      .slice(0, task.place)
      .filter((other) => layerOf(other) === layer - 1)
      .at(-1);
    if (below === undefined) return [];
    return [{ task: task.key, dependsOn: below.key, kind: 'hard', reason: reasons[language].layer(below.title) }];
  });
}

const acquiring = new Set(
  'buy order get find book hire rent reserve borrow obtain kaufen bestellen besorgen mieten finden buchen reservieren suchen'.split(
    ' ',
  ),
);
const leaving = new Set(
  'return sell cancel call ask choose compare verkaufen kündigen anrufen auswählen vergleichen'.split(' '),
);
const producing = new Set(
  'write draft build create design record develop implement define collect prepare print plan schreiben erstellen bauen entwerfen entwickeln sammeln vorbereiten'.split(
    ' ',
  ),
);
const consuming = new Set(
  'review revise edit proofread test send publish submit present deliver deploy launch release announce sign print überarbeiten korrigieren testen senden schicken veröffentlichen abgeben präsentieren prüfen'.split(
    ' ',
  ),
);

/** What is bought is used later, what is written is sent later: the same thing in both titles says so. */
export function objectEdges(tasks: readonly OrderedTask[], language: Language): readonly Edge[] {
  return tasks.flatMap((task): readonly Edge[] => {
    const { verb } = task;
    if (verb === null) return [];
    return tasks.flatMap((other): readonly Edge[] => {
      if (other.key === task.key || other.verb === null || other.verb === verb) return [];
      const things = other.words
        .slice(other.words[0] === contentWords(other.verb)[0] ? 1 : 0)
        .filter((word) => word !== contentWords(other.verb ?? '')[0]);
      const shared = things.find((word) => word.length >= 4 && task.words.includes(word));
      if (shared === undefined) return [];
      const acquired = acquiring.has(other.verb) && !acquiring.has(verb) && !leaving.has(verb) && !consuming.has(verb);
      const produced = producing.has(other.verb) && consuming.has(verb) && other.place < task.place;
      if (!acquired && !produced) return [];
      return [{ task: task.key, dependsOn: other.key, kind: 'hard', reason: reasons[language].provides(other.title) }];
    });
  });
}

function ascending(before: OrderedTask, task: OrderedTask): boolean {
  return before.number !== null && task.number !== null && task.number > before.number;
}

/** The order in which the text numbers its tasks and phases, or in which a usual course runs: better kept, not forced. */
export function sequenceEdges(tasks: readonly OrderedTask[], outline: Outline): readonly Edge[] {
  const why = reasons[outline.language];
  const numberedPhases = outline.phases.filter((phase) => namesPhase(phase.name)).length >= 2;
  const course = outline.source === 'template';
  return tasks.flatMap((task): readonly Edge[] => {
    const before = tasks[task.place - 1];
    if (before === undefined) return [];
    const samePhase = before.phase === task.phase;
    // Numbered statements ("No retry logic yet") are no sequence; numbered things to do are.
    const steps = isAction(before.title, outline.language) && isAction(task.title, outline.language);
    const labelled = namesTask(before.title) && namesTask(task.title);
    const inOrder = ascending(before, task) && (labelled || (samePhase && steps));
    const nextPhase = !samePhase && (numberedPhases || course || outline.source === 'roadmap');
    if (!(samePhase && course) && !inOrder && !nextPhase) return [];
    const reason = samePhase || inOrder ? why.listedBefore : why.phaseBefore;
    return [{ task: task.key, dependsOn: before.key, kind: 'soft', reason }];
  });
}

const building =
  /^(?:create|implement|build|develop|add|integrate|write|erstellen|entwickeln|bauen|umsetzen|programmieren|integrieren)$/u;
const testing = /\b(?:tests?|testing|testen|end-to-end|qa)\b/iu;

/** Tests of a phase are better done once what they test is built. */
export function testEdges(tasks: readonly OrderedTask[], language: Language): readonly Edge[] {
  return tasks
    .filter((task) => testing.test(task.title))
    .flatMap((task) =>
      tasks
        .filter(
          (other) =>
            other.phase === task.phase &&
            other.place < task.place &&
            other.verb !== null &&
            building.test(other.verb) &&
            !testing.test(other.title),
        )
        .map((other): Edge => ({
          task: task.key,
          dependsOn: other.key,
          kind: 'soft',
          reason: reasons[language].testedLater,
        })),
    );
}
