import { onboardingPaths } from './onboarding-paths.ts';
import { phasesPaths } from './phases-paths.ts';
import { dailyBriefPaths } from './daily-brief-paths.ts';
import { calendarPaths } from './calendar-paths.ts';
import { decompositionPaths } from './decomposition-paths.ts';
import { brainDumpPaths } from './brain-dump-paths.ts';
import { agentPaths } from './agent-paths.ts';
import { optimizationPaths } from './optimization-paths.ts';
import type { Path } from './path.ts';
import { planningPaths } from './paths.ts';
import { applyingPaths, probePaths } from './probe-paths.ts';
import { researchPaths } from './research-paths.ts';

/** Every path of every workflow type that has a recording, on a Steward with priced models. */
export const pathsByType: Readonly<Record<string, Readonly<Record<string, Path>>>> = {
  project_planning: { ...planningPaths, ...applyingPaths },
  task_decomposition: decompositionPaths,
  optimization: optimizationPaths,
  generate_daily_brief: dailyBriefPaths,
  research: researchPaths,
  brain_dump: brainDumpPaths,
  generate_phases: phasesPaths,
  calendar_analysis: calendarPaths,
  onboarding_analysis: onboardingPaths,
  probe: probePaths,
  agent: agentPaths,
};
