import { z } from 'zod';
import type { NoParams } from '../../src/contract/types/shapes.ts';
import { taskStatuses } from '../../src/contract/operations/tasks.ts';
import { priority, taskTitle } from '../../src/schemas/common-fields.ts';
import { commonOptions, maxRevisions, planningInput } from '../../src/schemas/common-input.ts';
import { operationCounts, verdicts } from '../../src/schemas/common-result.ts';

export const input = planningInput
  .extend({
    tools: z.array(z.string().trim().min(1).max(100)).max(100).optional().meta({
      description:
        'What the agent may use, and nothing else: names of tools, own, outside, <server>__*, each also behind read:. All reading tools of Steward when left out.',
    }),
  })
  .refine((value) => value.userPrompt !== undefined, {
    path: ['userPrompt'],
    message: 'say in userPrompt what is to be reached',
  });

export const options = commonOptions.extend({
  maxTurns: z.int().min(1).max(5_000).optional().meta({ description: 'Most turns of the model; 30 when left out.' }),
  maxRevisions: maxRevisions('How often the agent works again after its proposal was rejected; 2 when left out.'),
});

const reason = z.string().trim().min(1).max(2_000);
const instant = z.iso.datetime({ offset: true }).nullable();
const id = z.string().min(1).max(100);

/** What the agent would change. It is proposed, never done, and there are these kinds and no others. */
export const findings = z.object({
  report: z.string().trim().min(1).max(60_000).meta({ description: 'What was found, in Markdown, for the person.' }),
  highlights: z.array(z.string().max(300)).max(10),
  newTasks: z
    .array(
      z.object({
        title: taskTitle,
        description: z.string().max(10_000),
        projectId: id.nullable(),
        priority,
        durationMinutes: z.int().min(1).max(100_000).nullable(),
        deadline: instant,
        reason,
      }),
    )
    .max(50),
  newNotes: z
    .array(
      z.object({
        title: taskTitle,
        content: z.string().min(1).max(20_000),
        projectId: id.nullable(),
        reason,
      }),
    )
    .max(20),
  taskChanges: z
    .array(
      z.object({
        taskId: id,
        status: z.enum(taskStatuses).nullable(),
        priority: priority.nullable(),
        deadline: instant,
        reason,
      }),
    )
    .max(50),
});
export type Findings = z.infer<typeof findings>;

const reasons = ['finished', 'repeated_calls', 'ping_pong', 'no_progress', 'max_turns', 'invalid_result'] as const;

export const result = z.object({
  /** Why the agent's work ended. */
  reason: z.enum(reasons),
  turns: z.int(),
  decision: z.enum(['nothing_proposed', ...verdicts]),
  proposalId: z.string().nullable(),
  ...operationCounts,
  highlights: z.array(z.string()),
});

export const phases = [
  { name: 'work', title: 'Work' },
  { name: 'report', title: 'Report' },
  { name: 'review', title: 'Review' },
  { name: 'apply', title: 'Apply' },
] as const;

export type Report = { readonly markdown: string; readonly highlights: readonly string[]; readonly changes: number };
export type ReportParams = { readonly reason: (typeof reasons)[number]; readonly turns: number };

export interface AgentType {
  readonly input: z.infer<typeof input>;
  readonly options: z.infer<typeof options>;
  readonly result: z.infer<typeof result>;
  readonly phase: (typeof phases)[number]['name'];
  readonly calls: Readonly<Record<string, never>>;
  readonly drafts: { readonly changes: { readonly params: NoParams } };
  readonly computations: {
    readonly report: {
      readonly params: ReportParams;
      readonly view: { readonly highlights: string[]; readonly changes: number };
    };
  };
  readonly agents: {
    readonly work: { readonly params: NoParams; readonly view: { readonly changes: number } };
  };
}
