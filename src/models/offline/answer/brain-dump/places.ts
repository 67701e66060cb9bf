import { asList, asObject, asText } from '../../json-values.ts';
import { contentWords } from '../../text/clean.ts';
import type { Sections } from '../answerer.ts';

export type Project = { readonly id: string; readonly name: string };
/** How a text speaks of a project: by its whole name, or by a part of it that fits this many projects. */
export type Mention = {
  readonly project: Project;
  readonly whole: boolean;
  readonly word: string;
  readonly rivals: readonly Project[];
};

export function projectsOf(sections: Sections): readonly Project[] {
  return asList(sections['projects'])
    .map(asObject)
    .map((project) => ({ id: asText(project['id']), name: asText(project['name']) }))
    .filter((project) => project.id !== '' && project.name !== '');
}

// Words of many names, which name nothing by themselves.
const general = new Set(
  ['project', 'projekt', 'new', 'plan', 'work', 'arbeit', 'team', 'client', 'kunde', '2025', '2026', '2027'].flatMap(
    (word) => [...contentWords(word)],
  ),
);

function wordsOfName(name: string): readonly string[] {
  return contentWords(name).filter((word) => word.length > 2 && !general.has(word));
}

/** The project that a text speaks of. A whole name wins over a part of one; the first of several that fit equally is named. */
export function findMention(text: string, projects: readonly Project[]): Mention | null {
  const said = new Set(contentWords(text));
  const scored = projects
    .map((project) => {
      const words = wordsOfName(project.name);
      const found = words.filter((word) => said.has(word));
      return { project, found, share: words.length === 0 ? 0 : found.length / words.length };
    })
    .filter(({ found, share }) => found.length > 0 && (share >= 0.5 || (found[0]?.length ?? 0) >= 5))
    .toSorted((a, b) => b.share - a.share || b.found.length - a.found.length);
  const [best] = scored;
  if (best === undefined) return null;
  const rivals = scored
    .filter((other) => other.share === best.share && other.found.length === best.found.length)
    .map(({ project }) => project);
  const word =
    (text.match(/[\p{L}\p{N}]+/gu) ?? []).find((each) =>
      contentWords(each).some((stem) => best.found.includes(stem)),
    ) ?? '';
  return { project: best.project, whole: best.share === 1 && rivals.length === 1, word, rivals };
}

/** What the person answered about a mention: the project of that name. */
export function answeredProject(sections: Sections, mention: Mention): Project | null {
  const answers = asList(sections['answers']).map(asObject);
  const answer = answers.find(
    (each) => asText(each['key']) === `project of ${mention.word.toLowerCase()}`.slice(0, 60),
  );
  const name = asText(answer?.['answer']);
  return name === ''
    ? null
    : (mention.rivals.find(
        (project) => name === project.name || name.startsWith(`${project.name} (${project.id.slice(-4)}`),
      ) ?? null);
}

/** An existing project for a text, or null; `guessed` when its name was said in part only. */
export function projectFor(
  text: string,
  sections: Sections,
): { readonly id: string; readonly guessed: boolean } | null {
  const mention = findMention(text, projectsOf(sections));
  if (mention === null) return null;
  if (mention.whole) return { id: mention.project.id, guessed: false };
  const answered = answeredProject(sections, mention);
  return answered === null ? { id: mention.project.id, guessed: true } : { id: answered.id, guessed: false };
}
