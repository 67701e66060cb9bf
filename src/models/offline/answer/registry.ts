import type { Answerer, TaughtAgent, TypeAnswers } from './answerer.ts';
import { work } from './agent/work.ts';
import { investigate } from './optimization/investigate.ts';
import { calendarAnswers } from './calendar-analysis/answers.ts';
import { optimizationAnswers } from './optimization/answers.ts';
import { brainDumpAnswers } from './brain-dump/answers.ts';
import { onboardingAnswers } from './onboarding-analysis/answers.ts';
import { phasesAnswers } from './generate-phases/answers.ts';
import { dailyBriefAnswers } from './generate-daily-brief/answers.ts';
import { planningAnswers } from './project-planning/answers.ts';
import { researchAnswers } from './research/answers.ts';
import { decompositionAnswers } from './task-decomposition/answers.ts';

/** What the offline model was taught, by workflow type. Any other call is answered by filling its schema. */
const taught: Readonly<Record<string, TypeAnswers>> = {
  project_planning: planningAnswers,
  brain_dump: brainDumpAnswers,
  task_decomposition: decompositionAnswers,
  optimization: optimizationAnswers,
  calendar_analysis: calendarAnswers,
  generate_daily_brief: dailyBriefAnswers,
  research: researchAnswers,
  generate_phases: phasesAnswers,
  onboarding_analysis: onboardingAnswers,
};

/** Agents it was taught, by the name that their instructions give them. Any other reads what shares words with its goal. */
const taughtAgents: Readonly<Record<string, TaughtAgent>> = {
  'optimization.investigate': investigate,
  'agent.work': work,
};

const calls = Object.entries(taught).flatMap(([type, answers]) =>
  Object.entries(answers).map(([call, answer]) => ({ name: plain(`${type}.${call}`), answer })),
);

// Providers take few characters in a schema's name, so the dot may have become something else.
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '_');
}

/** Whoever answers the call that a schema's name or an instruction names, or null. A longer name wins over one inside it. */
export function findAnswerer(named: string): Answerer | null {
  const text = `_${plain(named)}_`;
  const found = calls
    .filter(({ name }) => text.includes(`_${name}_`))
    .toSorted((left, right) => right.name.length - left.name.length);
  return found[0]?.answer ?? null;
}

/** The agent that instructions name, or null. */
export function findAgent(instructions: string): TaughtAgent | null {
  const text = `_${plain(instructions)}_`;
  return Object.entries(taughtAgents).find(([name]) => text.includes(`_${plain(name)}_`))?.[1] ?? null;
}
