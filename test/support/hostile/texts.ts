import { readFileSync } from 'node:fs';

export type HostileText = {
  /** Its marker: whatever it leads to can be told by it. */
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly disguise: string;
  readonly carrier: 'note' | 'task_title' | 'event_title' | 'brain_dump' | 'project' | 'tool_output' | 'context';
  /** May hold `{{task}}`, `{{project}}`, … : ids of records that are there. */
  readonly text: string;
};

const file = new URL('../../fixtures/hostile/texts.json', import.meta.url);

/** Texts that tell a model what to do: in many languages, plain and in disguise. */
export const hostileTexts = JSON.parse(readFileSync(file, 'utf8')) as readonly HostileText[];

/** The text with ids of real records in it. */
export function withIds(text: string, ids: Readonly<Record<string, string>>): string {
  return Object.entries(ids).reduce((all, [name, id]) => all.replaceAll(`{{${name}}}`, id), text);
}
