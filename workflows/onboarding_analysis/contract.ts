import { z } from 'zod';
import { personColumns } from '../../src/contract/facts/person.ts';
import type { Question } from '../../src/contract/request.ts';
import type { NoParams } from '../../src/contract/types/shapes.ts';
import { modelQuestion, priority, recordName, taskTitle, workMinutes } from '../../src/schemas/common-fields.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';
import { timeZoneName } from '../../src/schemas/time-zone.ts';

export const input = planningInput
  .pick({ userPrompt: true, context: true })
  .refine(({ userPrompt, context }) => userPrompt !== undefined || context !== undefined, {
    path: ['userPrompt'],
    message: 'tell about yourself in userPrompt, or give answers as an object in context',
  });

export const options = commonOptions.extend({
  maxRevisions: maxRevisions(),
});

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** A stretch of what the person said, word for word. */
const quote = z.string().trim().min(1).max(2_000);
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'expected a time such as 09:00');

/** What the person says of themselves, each with where it is said. */
export const profile = z.object({
  fields: z.array(z.object({ field: z.enum(personColumns), text: z.string().trim().min(1).max(4_000), quote })).max(8),
  timeZone: z.object({ name: timeZoneName, quote }).nullable(),
  workingHours: z
    .object({ days: z.array(z.enum(weekdays)).min(1), from: clock, to: clock, quote })
    .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than from' })
    .nullable(),
  questions: z.array(modelQuestion.extend({ kind: z.enum(['text', 'choice']) })).max(2),
  reasoning: z.string(),
});

/** What the person has to do. */
export const work = z.object({
  projects: z
    .array(
      z.object({
        key: z.string().min(1).max(40),
        name: recordName,
        description: z.string(),
        quote,
      }),
    )
    .max(20),
  tasks: z
    .array(
      z.object({
        project: z.string().nullable(),
        title: taskTitle,
        minutes: workMinutes.nullable(),
        priority,
        quote,
      }),
    )
    .max(60),
  insights: z.array(z.string().trim().min(1).max(500)).max(6),
  reasoning: z.string(),
});

export const result = z.object({
  decision: z.enum([...verdicts, 'nothing_to_do']),
  proposalId: z.string().nullable(),
  revisions: z.int(),
  fields: z.int(),
  projects: z.int(),
  tasks: z.int(),
  ...operationCounts,
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'understand', title: 'Understand' },
  { name: 'match', title: 'Match with what is there' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
] as const;

export type Profile = z.infer<typeof profile>;
export type Work = z.infer<typeof work>;

export type MatchView = {
  readonly fields: number;
  readonly projects: number;
  readonly tasks: number;
  readonly changes: number;
  readonly highlights: readonly string[];
};

/** What the workflow sees of its calls, computations and drafts; the whole answers stay in the database. */
export interface OnboardingAnalysis {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: z.infer<typeof result>;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly profile: { readonly params: NoParams; readonly view: { readonly questions: readonly Question[] } };
    readonly work: { readonly params: NoParams; readonly view: { readonly tasks: number } };
  };
  readonly computations: { readonly match: { readonly params: NoParams; readonly view: MatchView } };
  readonly drafts: { readonly onboarding: { readonly params: NoParams } };
}
