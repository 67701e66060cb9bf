import { z } from 'zod';
import type { FactSheet } from '../../src/contract/facts.ts';
import { priority } from '../../src/schemas/common-fields.ts';
import { findingKinds, severities } from './analysis/finding.ts';
import type { Finding } from './analysis/finding.ts';
import { diagnosis, figures, laterFigures, remedies } from './contract.ts';
import type { Diagnosis, Remedies } from './contract.ts';
import { measureKinds } from './measures/measure.ts';

const finding = z.object({
  key: z.string(),
  kind: z.enum(findingKinds),
  severity: z.enum(severities),
  about: z.string(),
  taskIds: z.array(z.string()),
  projectIds: z.array(z.string()),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  remedies: z.array(z.enum(measureKinds)),
});

const analysis = z.object({ findings: z.array(finding), leftOut: z.int(), before: figures });

const common = { finding: z.string().nullable(), reason: z.string() };
const ofTask = { ...common, taskId: z.string() };
const ofProject = { ...common, projectId: z.string() };
const need = { ...ofTask, dependsOnId: z.string() };
const part = z.object({ title: z.string(), minutes: z.int() });
const place = { projectId: z.string().nullable(), phaseId: z.string().nullable() };

const measure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('merge'), ...ofTask, others: z.array(z.string()) }),
  z.object({ kind: z.literal('drop'), ...ofTask }),
  z.object({ kind: z.literal('split'), ...ofTask, parts: z.array(part) }),
  z.object({ kind: z.literal('move'), ...ofTask, ...place }),
  z.object({ kind: z.literal('reschedule'), ...ofTask, start: z.string().nullable(), deadline: z.string().nullable() }),
  z.object({ kind: z.literal('move_blocks'), ...ofTask }),
  z.object({ kind: z.literal('reprioritize'), ...ofTask, priority }),
  z.object({ kind: z.literal('estimate'), ...ofTask, minutes: z.int() }),
  z.object({ kind: z.literal('add_dependency'), ...need }),
  z.object({ kind: z.literal('remove_dependency'), ...need }),
  z.object({ kind: z.literal('extend_project'), ...ofProject, deadline: z.string() }),
  z.object({ kind: z.literal('close_project'), ...ofProject, status: z.enum(['on_hold', 'completed', 'cancelled']) }),
]);

const settled = z.object({
  /** The instant that before and after are measured at. */
  now: z.string(),
  measures: z.array(measure),
  /** Measures that contradict others, and findings that are left as they are. */
  notes: z.array(z.object({ kind: z.string(), title: z.string(), text: z.string() })),
  before: figures,
  after: laterFigures,
  /** Deadlines of before, by task: epoch milliseconds. */
  deadlines: z.record(z.string(), z.number()),
  /** Where the work of tasks goes whose blocks are moved. */
  moved: z.array(
    z.object({ taskId: z.string(), pieces: z.array(z.object({ startMs: z.number(), endMs: z.number() })) }),
  ),
});

export type Analysis = z.infer<typeof analysis>;
export type Settled = z.infer<typeof settled>;

/** Finished steps of this run, read back through their own schemas. */
export function readAnalysis(facts: FactSheet): Analysis {
  return analysis.parse(facts.outputs['analyze']);
}

export function readFindings(facts: FactSheet): readonly Finding[] {
  return readAnalysis(facts).findings;
}

/** The diagnosis, as far as its findings are still there, or null where there was nothing to explain. */
export function readDiagnosis(facts: FactSheet): Diagnosis | null {
  // Asked in one go only where the agent came to no end.
  const output = facts.outputs['diagnose'] ?? facts.outputs['investigate'];
  if (output === undefined) return null;
  const { summary, bottlenecks } = diagnosis.parse(output);
  const known = new Set(readFindings(facts).map((finding) => finding.key));
  const there = bottlenecks.filter(({ finding }) => known.has(finding));
  return {
    summary,
    bottlenecks: there.map((each) => ({ ...each, causes: each.causes.filter((cause) => known.has(cause)) })),
  };
}

/** What is to be done about each finding, by its key: of all batches. */
export function readRemedies(facts: FactSheet): ReadonlyMap<string, Remedies['items'][number]> {
  const outputs = Object.entries(facts.outputs).filter(([name]) => /^(?:reorganize|consolidate)\//u.test(name));
  return new Map(outputs.flatMap(([, output]) => remedies.parse(output).items.map((item) => [item.key, item])));
}

export function readSettled(facts: FactSheet): Settled {
  return settled.parse(facts.outputs['settle']);
}
