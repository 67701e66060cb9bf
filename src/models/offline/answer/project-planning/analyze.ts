import type { Json } from '../../../../contract/json.ts';
import type { OutlineInput } from '../../outline/build-outline.ts';
import type { Outline } from '../../outline/outline.ts';
import { unnamedPhase } from '../../outline/phases.ts';
import { readStatements } from '../../outline/statements.ts';
import { localDay } from '../../text/dates.ts';
import { shortened } from '../../text/clean.ts';
import { countSentence, offlineNotice, sourceSentence } from '../phrases.ts';
import { openQuestions } from './questions.ts';

function assumptions(outline: Outline, stated: readonly string[]): readonly string[] {
  const german = outline.language === 'de';
  const estimated = outline.phases.flatMap((phase) => phase.tasks).filter((task) => task.effort === 'estimate').length;
  return [
    offlineNotice(outline.language),
    sourceSentence(outline),
    ...(estimated === 0
      ? []
      : [
          german
            ? `Die Dauer von ${estimated} Aufgaben ist geschätzt, weil der Text keine nennt.`
            : `${estimated === 1 ? 'The duration of 1 task is' : `The durations of ${estimated} tasks are`} estimated, since the text gives none.`,
        ]),
    ...(outline.finished.length === 0
      ? []
      : [
          german
            ? `Bereits abgeschlossen und weggelassen: ${outline.finished.join(', ')}.`
            : `Finished already and left out: ${outline.finished.join(', ')}.`,
        ]),
    ...outline.changes,
    ...stated,
  ];
}

/** Answers `analyze`: what is wanted, what bounds it, and what is missing that would change the plan. */
export function answerAnalyze(outline: Outline, input: OutlineInput): Json {
  const source = input.intent.trim() === '' ? input.background.join('\n\n') : input.intent;
  const stated = readStatements(source, outline.language);
  const phaseNames = outline.phases
    .map((phase) => phase.name)
    .filter((name) => name !== unnamedPhase[outline.language]);
  const answered = input.answers
    .filter((item) => item.key !== 'deadline' && item.answer.trim() !== '')
    .map((item) => `${item.question === '' ? item.key : item.question} ${item.answer}`);
  const goal = outline.goal === '' ? outline.title : outline.goal;
  const deadline =
    outline.deadline !== null && outline.deadline >= localDay(input.reference).toString() ? outline.deadline : null;
  return {
    summary: shortened(
      `${goal.replace(/[:;,]$/u, '')}${/[.!?…]$/u.test(goal) ? '' : '.'} ${countSentence(outline)}.`,
      1_000,
    ),
    goals: stated.goals.length > 0 ? [...stated.goals] : [shortened(goal, 300)],
    deliverables:
      stated.deliverables.length > 0 ? [...stated.deliverables] : outline.source === 'template' ? [] : phaseNames,
    constraints: [...stated.constraints, ...answered],
    startDate: outline.startDate,
    deadline,
    hoursPerWeek: outline.hoursPerWeek,
    assumptions: [...assumptions(outline, stated.assumptions)],
    questions: openQuestions(outline, input).map((question) => ({ ...question, options: [...question.options] })),
  };
}
