import type { JsonObject } from '../../../../contract/json.ts';
import { oneLine } from '../../text/clean.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Task } from './request.ts';

const mostParts = 6;
const usual = {
  en: (title: string) => [`Prepare: ${title}`, `Do the main part: ${title}`, `Check and finish: ${title}`],
  de: (title: string) => [`Vorbereiten: ${title}`, `Hauptteil: ${title}`, `Prüfen und abschließen: ${title}`],
} as const;

/** Lines of a list: the task's own steps, or bullets in its description. */
function listed(text: string, onlyBullets: boolean): readonly string[] {
  const bullet = /^\s*(?:[-*•]|\d{1,2}[.)]|\[[ x]\])\s+/iu;
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && (!onlyBullets || bullet.test(line)))
    .map((line) => oneLine(line.replace(bullet, '')).slice(0, 200));
}

/** The parts of a task that is too long: its own steps where it has some, else beginning, middle and end. */
export function partsOf(task: Task): readonly JsonObject[] {
  const own = [listed(task.steps, false), listed(task.text, true)].find((lines) => lines.length > 1) ?? [];
  const titles = own.length > 1 ? own.slice(0, mostParts) : usual[detectLanguage(task.title)](task.title);
  const each = Math.max(15, Math.round((task.minutes ?? 240) / titles.length / 15) * 15);
  return titles.map((title) => ({ title, minutes: each }));
}
