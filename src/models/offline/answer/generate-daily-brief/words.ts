import type { Language } from '../../text/language.ts';
import type { DayTask, Group } from './day.ts';

type Count = (count: number) => string;
type Words = {
  readonly why: Readonly<Record<Group, (task: DayTask) => string>>;
  readonly holdsUp: (titles: string) => string;
  readonly first: (title: string) => string;
  readonly waits: (title: string, needed: string) => string;
  readonly finished: Count;
  readonly overdue: Count;
  readonly due: Count;
  readonly calm: string;
  readonly tooMuch: (work: string, free: string) => string;
  readonly fits: (work: string, free: string) => string;
  readonly late: (count: number, title: string) => string;
  readonly meetings: (time: string) => string;
};

const englishWhen = (task: DayTask): string => (task.when === '' ? '' : ` ${task.when}`);

/** Dates within the records are written by code in English: `since Mon 2 Mar`. */
function germanWhen({ when }: DayTask): string {
  return when === '' ? '' : ` (${when.replace(/^(?:since|by|at|from) /u, '')})`;
}

export const wordsOf: Readonly<Record<Language, Words>> = {
  en: {
    why: {
      overdue: (task) => `overdue${englishWhen(task)}`,
      dueToday: (task) => `due on this day${englishWhen(task)}`,
      scheduledToday: (task) => `planned for this day${englishWhen(task)}`,
      inProgress: () => 'begun and not finished',
      nextDays: (task) => `coming up${englishWhen(task)}`,
      blocked: () => 'waiting',
    },
    holdsUp: (titles) => `it holds up ${titles}`,
    first: (title) => `"${title}" comes first.`,
    waits: (title, needed) => `"${title}" can't go on before "${needed}" is done.`,
    finished: (count) => (count === 1 ? 'One task was finished.' : `${count} tasks were finished.`),
    overdue: (count) => (count === 1 ? 'One task is overdue.' : `${count} tasks are overdue.`),
    due: (count) => (count === 1 ? 'One task is due.' : `${count} tasks are due.`),
    calm: 'Nothing presses.',
    tooMuch: (work, free) => `Due and planned work takes ${work}, but only ${free} are free: something has to wait.`,
    fits: (work, free) => `Due and planned work takes ${work} of ${free} free time.`,
    late: (count, title) =>
      count === 1
        ? `"${title}" is overdue: finish it, move its date, or drop it.`
        : `${count} tasks are overdue, "${title}" among them: finish it, move its date, or drop it.`,
    meetings: (time) => `Events take ${time} of the day.`,
  },
  de: {
    why: {
      overdue: (task) => `überfällig${germanWhen(task)}`,
      dueToday: (task) => `an diesem Tag fällig${germanWhen(task)}`,
      scheduledToday: (task) => `für diesen Tag eingeplant${germanWhen(task)}`,
      inProgress: () => 'angefangen und noch nicht fertig',
      nextDays: (task) => `steht bevor${germanWhen(task)}`,
      blocked: () => 'wartet',
    },
    holdsUp: (titles) => `hält ${titles} auf`,
    first: (title) => `Zuerst kommt „${title}“.`,
    waits: (title, needed) => `„${title}“ geht erst weiter, wenn „${needed}“ erledigt ist.`,
    finished: (count) => (count === 1 ? 'Eine Aufgabe wurde erledigt.' : `${count} Aufgaben wurden erledigt.`),
    overdue: (count) => (count === 1 ? 'Eine Aufgabe ist überfällig.' : `${count} Aufgaben sind überfällig.`),
    due: (count) => (count === 1 ? 'Eine Aufgabe ist fällig.' : `${count} Aufgaben sind fällig.`),
    calm: 'Nichts drängt.',
    tooMuch: (work, free) => `Fälliges und Geplantes braucht ${work}, frei sind nur ${free}: Etwas muss warten.`,
    fits: (work, free) => `Fälliges und Geplantes braucht ${work} von ${free} freier Zeit.`,
    late: (count, title) =>
      count === 1
        ? `„${title}“ ist überfällig: erledigen, verschieben oder streichen.`
        : `${count} Aufgaben sind überfällig, darunter „${title}“: erledigen, verschieben oder streichen.`,
    meetings: (time) => `Termine nehmen ${time} des Tages.`,
  },
};

/** `45 min`, `2 h`, `1 h 30 min`. */
export function timeText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes - hours * 60);
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
