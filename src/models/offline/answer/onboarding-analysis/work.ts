import type { Json } from '../../../../contract/json.ts';
import { outlineInput } from '../../facts.ts';
import { buildOutline } from '../../outline/build-outline.ts';
import type { OutlineTask } from '../../outline/outline.ts';
import { shortened } from '../../text/clean.ts';
import type { Language } from '../../text/language.ts';
import { offlineNotice } from '../phrases.ts';
import type { Sections } from '../answerer.ts';
import { sayings, unwantedIn } from './sayings.ts';
import type { Said } from './sayings.ts';

const projectCue =
  /\b(?:working on|projects?(?: is| are| called| named|:)?|building|arbeite(?:n)? an|projekte?(?: heißt| heißen| sind| ist|:)?|baue gerade)\s*:?\s+(?:(?:my|the|a|an|our|der|die|das|dem|den|einem|einer|meinem|meiner|meinen|ein|eine)\s+)?(.+?)(?:[.;!?]|$|\s[–—-]\s|, (?:but|which|and I|aber|die|der|das)\b|\s(?:by|until|for|bis|für)\s)/iu;
const trouble =
  /\b(?:distract\w*|procrastinat\w*|overwhelm\w*|struggle|forget|ablenk\w*|abgelenkt|aufschieb\w*|schiebe|vergesse|verzettel\w*|zu viele?|too many|too much)\b/iu;

type Found = { readonly key: string; readonly name: string; readonly quote: string };

function words(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? []).map((word) => word.slice(0, 6));
}

function namesIn(said: Said): readonly string[] {
  const named =
    said.key !== null && /project|projekt/iu.test(said.key) ? said.text : (projectCue.exec(said.text)?.[1] ?? '');
  return named
    .split(/,\s*(?:and |und )?|\s(?:and|und)\s(?:(?:on|an)\s)?/iu)
    .map((name) =>
      name.replace(/^(?:my|the|a|an|on|an|der|die|das|dem|meinem|meiner)\s+/iu, '').replace(/[.\s]+$/u, ''),
    )
    .filter((name) => name.length > 2 && name.split(' ').length <= 7)
    .map((name) => name.charAt(0).toUpperCase() + name.slice(1));
}

function projectsIn(said: readonly Said[]): readonly Found[] {
  const seen = new Set<string>();
  const found = said.flatMap((each) => namesIn(each).map((name) => ({ name, quote: each.text })));
  return found
    .filter(({ name }) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()))
    .slice(0, 12)
    .map((project, index) => ({ key: `p${index + 1}`, ...project }));
}

/** The sentence that a task was read from: the one that shares most of its words. */
function sourceOf(task: OutlineTask, said: readonly Said[]): Said | null {
  const wanted = words(task.title);
  const scored = said.map((each) => ({ each, hits: words(each.text).filter((word) => wanted.includes(word)).length }));
  const best = scored.toSorted((left, right) => right.hits - left.hits)[0];
  return best === undefined || best.hits === 0 ? null : best.each;
}

function projectOf(task: OutlineTask, source: Said, projects: readonly Found[]): string | null {
  const near = [task.title, source.text].map((text) =>
    projects.find(({ name }) => words(name).some((word) => words(text).includes(word))),
  );
  return (near[0] ?? near[1] ?? (projects.length === 1 ? projects[0] : undefined))?.key ?? null;
}

function insightsOf(
  said: readonly Said[],
  counts: { readonly projects: number; readonly tasks: number },
  language: Language,
): string[] {
  const slow = said.find(({ text }) => trouble.test(text));
  const german = language === 'de';
  return [
    ...(slow === undefined
      ? []
      : [
          shortened(
            german
              ? `Was dich aufhält, sagst du selbst: „${slow.text}“`
              : `You say yourself what slows you: "${slow.text}"`,
            480,
          ),
        ]),
    ...(counts.projects > 3
      ? [
          german
            ? `${counts.projects} Vorhaben auf einmal: Lege fest, welches zuerst kommt.`
            : `${counts.projects} undertakings at once: settle which comes first.`,
        ]
      : []),
    ...(counts.projects > 0 && counts.tasks === 0
      ? [
          german
            ? 'Du nennst Vorhaben, aber keinen ersten Schritt: Plane eines davon.'
            : 'You name undertakings but no first step: plan one of them.',
        ]
      : []),
  ];
}

// Whole sentences of usual length; many longer ones would be shortened to the answer's room, and then quote nobody.
const longestQuote = 300;

/** Answers `work`: undertakings and things to do as the text names them. */
export function answerWork(sections: Sections, language: Language): Json {
  const unwanted = unwantedIn(sections);
  const said = sayings(sections, language).filter(({ text }) => unwanted === null || !unwanted.test(text));
  const projects = projectsIn(said);
  const outline = buildOutline({ ...outlineInput(sections), comments: [] });
  const planned = outline.source === 'template' ? [] : outline.phases.flatMap((phase) => phase.tasks);
  const tasks = planned.flatMap((task) => {
    const source = sourceOf(task, said);
    if (source === null || trouble.test(source.text)) return [];
    const isProject = projects.some(
      ({ name, quote }) => quote === source.text && words(name).every((word) => words(task.title).includes(word)),
    );
    if (isProject) return [];
    const minutes = task.effort === 'written' ? Math.max(5, task.minutes) : null;
    return [
      {
        project: projectOf(task, source, projects),
        title: shortened(task.title, 280),
        minutes,
        priority: task.urgent ? 'high' : 'medium',
        quote: source.text.slice(0, longestQuote),
      },
    ];
  });
  const insights = insightsOf(said, { projects: projects.length, tasks: tasks.length }, language);
  return {
    projects: projects.map((project) => ({ ...project, description: '', quote: project.quote.slice(0, longestQuote) })),
    tasks: tasks.slice(0, 40),
    insights: insights.length === 0 ? [] : [...insights, offlineNotice(language)],
    reasoning: offlineNotice(language),
  };
}
