import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import type { Finding } from '../analysis/finding.ts';
import type { Optimization } from '../contract.ts';
import { cut } from '../../shared/cut.ts';
import { asJson } from '../../shared/json.ts';
import { firstLine } from '../../shared/first-line.ts';
import { situation } from '../../shared/situation.ts';
import { readDiagnosis, readFindings } from '../outputs.ts';

type Calls = Optimization['calls'];
export type Call<Name extends keyof Calls, Output> = CallContract<Output, Calls[Name]['params'], Calls[Name]['view']>;

const textChars = 300;
const stepsChars = 600;
// A finding names many tasks where a whole chain or week is meant; a model judges by the first of them.
const tasksPerFinding = 10;

function shown(text: string | null, limit: number): string | null {
  return text === null ? null : cut(text, limit);
}

/** The open tasks that findings are about, with what is needed to judge them. */
function concernedTasks(facts: FactSheet, findings: readonly Finding[]): Json {
  const ids = new Set(findings.flatMap((finding) => finding.taskIds.slice(0, tasksPerFinding)));
  const tasks = (facts.workload?.tasks ?? []).filter((task) => ids.has(task.id));
  return asJson(
    tasks.map(({ description, details, steps, ...task }) => ({
      ...task,
      description: shown(description, textChars),
      details: shown(details, textChars),
      steps: shown(steps, stepsChars),
    })),
  );
}

/** A finding as a model reads it. */
function told(finding: Finding): Json {
  const { key, kind, severity, about, taskIds, projectIds, evidence, remedies } = finding;
  return asJson({
    key,
    kind,
    severity,
    about,
    taskIds: taskIds.slice(0, tasksPerFinding),
    projectIds,
    evidence,
    remedies,
  });
}

export function findingsFor(facts: FactSheet, keys: readonly string[]): readonly Finding[] {
  const byKey = new Map(readFindings(facts).map((finding) => [finding.key, finding]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** What every call of this type is told: who asks, the findings, and the records that they are about. */
export function sectionsFor(facts: FactSheet, findings: readonly Finding[]): JsonObject {
  const { userPrompt } = facts.input;
  const diagnosis = readDiagnosis(facts);
  const projects = (facts.workload?.projects ?? []).map(({ id, name, status, endDate }) => ({
    id,
    name,
    status,
    endDate,
  }));
  return {
    ...situation(facts),
    intent: typeof userPrompt === 'string' ? userPrompt : '',
    findings: findings.map(told),
    tasks: concernedTasks(facts, findings),
    projects: asJson(projects),
    ...(diagnosis === null ? {} : { 'output.diagnose': firstLine(diagnosis.summary) }),
  };
}
