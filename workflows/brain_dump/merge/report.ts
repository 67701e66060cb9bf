import type { Understood } from './understood.ts';

type Section = { readonly title: string; readonly lines: readonly string[] };

function section({ title, lines }: Section): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${line.replaceAll('\n', ' ')}`), ''];
}

function due(deadline: string | null, time: string | null): string {
  return deadline === null ? '' : ` (by ${deadline}${time === null ? '' : ` ${time}`})`;
}

/** What was understood, in Markdown: what is made, what is added to, what is left out and why. */
export function reportOf(title: string, said: Omit<Understood, 'title' | 'markdown'>): string {
  const names = new Map(said.projects.map((project) => [project.key, project.name]));
  const within = (key: string | null): string => (key === null ? '' : ` — ${names.get(key) ?? key}`);
  return [
    `# ${title}`,
    '',
    ...section({ title: 'Projects', lines: said.projects.map((project) => project.name) }),
    ...section({
      title: 'To do',
      lines: said.tasks.map((task) => `${task.title}${due(task.deadline, task.time)}${within(task.newProject)}`),
    }),
    ...section({
      title: 'Added to open tasks',
      lines: said.updates.map((update) => `${update.title}${due(update.deadline, update.time)}`),
    }),
    ...section({ title: 'Known already', lines: said.known.map((task) => task.title) }),
    ...section({ title: 'Notes', lines: said.notes.map((note) => `${note.title}${within(note.newProject)}`) }),
    ...section({
      title: 'Worth knowing',
      lines: [...said.projectAdditions, ...said.personAdditions].map((addition) => addition.text),
    }),
    ...section({ title: 'How it sounds', lines: said.insights }),
    ...section({ title: 'Contradictions', lines: said.contradictions }),
    ...section({ title: 'Left out', lines: said.dropped }),
  ].join('\n');
}
