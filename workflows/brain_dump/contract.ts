import { z } from 'zod';
import { personFields } from '../../src/contract/facts/person.ts';
import type { Question } from '../../src/contract/request.ts';
import type { BatchItem, BatchParams, BatchView, NoParams } from '../../src/contract/types/shapes.ts';
import { localDate, priority, recordName, taskTitle, workMinutes } from '../../src/schemas/common-fields.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';

const wayOut = 'write down what is on your mind in userPrompt, or name a stored dump in brainDumpId; one of the two';

export const input = planningInput
  .omit({ taskId: true })
  .extend({
    brainDumpId: z.uuid().optional().meta({ description: 'A stored brain dump to read, in place of userPrompt.' }),
  })
  .refine((value) => (value.userPrompt === undefined) !== (value.brainDumpId === undefined), {
    path: ['userPrompt'],
    message: wayOut,
  });

export const options = commonOptions.extend({
  autoAccept: z
    .boolean()
    .optional()
    .meta({ description: 'Apply without asking what is sure and only adds; true when left out.' }),
  autoAcceptAt: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .meta({ description: 'How sure all of it must be for that, 0 to 1; 0.9 when left out.' }),
  maxRevisions: maxRevisions(),
});

const confidence = z.number().min(0).max(1);
const dumpKinds = ['project', 'task', 'idea', 'event', 'feeling', 'context'] as const;

/** What a first look at a piece of the dump shows. */
export const preparedPiece = z.object({
  key: z.string(),
  language: z.string().min(2).max(20),
  title: z.string().min(1).max(200),
  summary: z.string(),
  kinds: z.array(z.enum(dumpKinds)),
  projectIds: z.array(z.string()),
  taskIds: z.array(z.string()),
  unclear: z
    .array(
      z.object({ mention: z.string().min(1).max(100), projectIds: z.array(z.string()).min(2).max(6), why: z.string() }),
    )
    .max(10),
});
export const prepared = z.object({ items: z.array(preparedPiece) });

const saidProject = z.object({
  key: z.string().min(1).max(60),
  name: recordName,
  description: z.string(),
  quote: z.string().min(1),
  confidence,
});
export const saidTask = z.object({
  key: z.string().min(1).max(60),
  title: taskTitle,
  details: z.string(),
  steps: z.array(z.string()).max(50),
  project: z.string().nullable(),
  priority,
  startDate: localDate.nullable(),
  deadline: localDate.nullable(),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM')
    .nullable(),
  durationMinutes: workMinutes.nullable(),
  recurrence: z.string().max(200).nullable(),
  parent: z.string().nullable(),
  existingTaskId: z.string().nullable(),
  quote: z.string().min(1),
  guesses: z.array(z.enum(['project', 'date', 'intent'])),
  confidence,
  reason: z.string(),
});
export const saidTasks = z.object({ projects: z.array(saidProject).max(30), tasks: z.array(saidTask).max(120) });

export const saidFact = z.object({
  kind: z.enum(['project', 'person', 'note']),
  title: z.string().max(200),
  text: z.string().min(1),
  quote: z.string().min(1),
  project: z.string().nullable(),
  field: z.enum(personFields).nullable(),
  category: z.string().max(60).nullable(),
  confidence,
});
export const saidFacts = z.object({ facts: z.array(saidFact).max(120), insights: z.array(z.string()).max(30) });

export const result = z.object({
  decision: z.enum([...verdicts, 'nothing_to_do']),
  proposalId: z.string(),
  revisions: z.int(),
  title: z.string(),
  confidence,
  counts: z.object({ projects: z.int(), tasks: z.int(), updates: z.int(), notes: z.int(), context: z.int() }),
  ...operationCounts,
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'prepare', title: 'Look it over' },
  { name: 'extract', title: 'Take it apart' },
  { name: 'merge', title: 'Merge and check' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
] as const;

export type PreparedPiece = z.infer<typeof preparedPiece>;
export type Prepared = z.infer<typeof prepared>;

export type SaidTask = z.infer<typeof saidTask>;
export type SaidTasks = z.infer<typeof saidTasks>;
export type SaidFact = z.infer<typeof saidFact>;
export type SaidFacts = z.infer<typeof saidFacts>;

type Result = z.infer<typeof result>;

/** What the workflow sees of its calls, computations and drafts; the whole answers stay in the database. */
export interface BrainDump {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: Result;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: {
    readonly prepare: {
      readonly params: BatchParams;
      readonly view: BatchView;
    };
    readonly context: { readonly params: { readonly piece: string }; readonly view: { readonly facts: number } };
    readonly tasks: { readonly params: { readonly piece: string }; readonly view: { readonly tasks: number } };
  };
  readonly computations: {
    readonly split: {
      readonly params: NoParams;
      readonly view: { readonly pieces: readonly BatchItem[] };
    };
    readonly gist: { readonly params: NoParams; readonly view: { readonly questions: readonly Question[] } };
    readonly merge: {
      readonly params: NoParams;
      readonly view: Pick<Result, 'title' | 'confidence' | 'counts' | 'highlights'> & {
        readonly changesExisting: boolean;
        readonly empty: boolean;
      };
    };
  };
  readonly drafts: { readonly dump: { readonly params: NoParams } };
}
