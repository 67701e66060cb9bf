import type { Json } from '../../../../contract/json.ts';
import { existingTasks, outlineInput, plannedPhases, plannedTasks } from '../../facts.ts';
import { asObject, asText } from '../../json-values.ts';
import { buildOutline } from '../../outline/build-outline.ts';
import type { OutlineInput } from '../../outline/build-outline.ts';
import type { Outline } from '../../outline/outline.ts';
import type { Sections, TypeAnswers } from '../answerer.ts';
import { answerAnalyze } from './analyze.ts';
import { answerDependencies } from './dependencies.ts';
import { answerPlan } from './plan.ts';
import { answerSummarize } from './summarize.ts';
import { answerTasks } from './tasks.ts';

function outlined(sections: Sections): { readonly input: OutlineInput; readonly outline: Outline } {
  const input = outlineInput(sections);
  return { input, outline: buildOutline(input) };
}

function tasksOfPhase(sections: Sections): Json {
  const { input, outline } = outlined(sections);
  const projectId = asText(asObject(sections['project'])['id']);
  const existing = existingTasks(sections).filter(
    (task) => task.projectId === null || projectId === '' || task.projectId === projectId,
  );
  const phaseKey = asText(asObject(sections['parameters'])['phase']) || 'p1';
  return answerTasks(outline, { phaseKey, planned: plannedPhases(sections), existing, reference: input.reference });
}

export const planningAnswers: TypeAnswers = {
  analyze: (sections) => {
    const { input, outline } = outlined(sections);
    return answerAnalyze(outline, input);
  },
  plan: (sections) => answerPlan(outlined(sections).outline),
  tasks: tasksOfPhase,
  dependencies: (sections) => answerDependencies(plannedTasks(sections), outlined(sections).outline),
  summarize: answerSummarize,
};
