import type { Json } from '../../../../contract/json.ts';
import { formatMinutes } from '../../text/durations.ts';
import { shortened } from '../../text/clean.ts';
import type { Outline, OutlinePhase } from '../../outline/outline.ts';
import { countSentence, offlineNotice, sourceSentence } from '../phrases.ts';

function description(phase: OutlinePhase, outline: Outline): string {
  const minutes = phase.tasks.reduce((sum, task) => sum + task.minutes, 0);
  const titles = phase.tasks.map((task) => task.title).join('; ');
  return shortened(
    outline.language === 'de'
      ? `${phase.tasks.length} Aufgaben, zusammen etwa ${Math.round(minutes / 60)} Std.: ${titles}.`
      : `${phase.tasks.length} tasks, about ${formatMinutes(Math.max(60, Math.round(minutes / 60) * 60))} in all: ${titles}.`,
    1_500,
  );
}

function summary(outline: Outline): string {
  const until =
    outline.deadline === null
      ? ''
      : outline.language === 'de'
        ? `, fertig bis ${outline.deadline}`
        : `, done by ${outline.deadline}`;
  const names = outline.phases.map((phase) => phase.name).join(', ');
  return shortened(`${outline.title}: ${countSentence(outline)}${until}. ${names}.`, 1_500);
}

/** Answers `plan`: the phases in their order. */
export function answerPlan(outline: Outline): Json {
  return {
    projectName: shortened(outline.title, 200),
    executiveSummary: summary(outline),
    phases: outline.phases.map((phase, index) => ({
      key: `p${index + 1}`,
      name: phase.name,
      goal:
        phase.goal === ''
          ? outline.language === 'de'
            ? `${phase.name} abschließen`
            : `Complete ${phase.name}`
          : phase.goal,
      description: description(phase, outline),
    })),
    reasoning: [offlineNotice(outline.language), sourceSentence(outline), ...outline.changes].join(' '),
  };
}
