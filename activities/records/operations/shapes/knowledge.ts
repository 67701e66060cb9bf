import { z } from 'zod';
import { brainDumpStatuses } from '../../../../src/contract/operations/knowledge.ts';
import { timeZoneName } from '../../../../src/schemas/time-zone.ts';
import { workingHoursSchema } from '../../../../src/schemas/working-hours.ts';
import { base, nullableText, requiredText, tags } from './base.ts';

const createNote = z.object({
  ...base,
  kind: z.literal('create_note'),
  payload: z.object({
    noteId: z.uuid(),
    projectId: z.uuid().nullable(),
    title: requiredText,
    content: z.string(),
    category: nullableText,
    tags,
  }),
});

const updateNote = z.object({
  ...base,
  kind: z.literal('update_note'),
  payload: z.object({
    noteId: z.uuid(),
    changes: z.object({
      title: requiredText.exactOptional(),
      content: z.string().exactOptional(),
      category: nullableText.exactOptional(),
      tags: tags.exactOptional(),
    }),
  }),
});

const createBrainDump = z.object({
  ...base,
  kind: z.literal('create_brain_dump'),
  payload: z.object({
    brainDumpId: z.uuid(),
    contentFrom: z.literal('input'),
    title: nullableText,
    projectId: z.uuid().nullable(),
  }),
});

const updateBrainDump = z.object({
  ...base,
  kind: z.literal('update_brain_dump'),
  payload: z.object({
    brainDumpId: z.uuid(),
    changes: z.object({
      status: z.enum(brainDumpStatuses).exactOptional(),
      title: nullableText.exactOptional(),
      aiSummary: nullableText.exactOptional(),
      aiInsights: nullableText.exactOptional(),
      parsedResults: z.json().exactOptional(),
      projectId: z.uuid().nullable().exactOptional(),
      tags: tags.exactOptional(),
    }),
  }),
});

const linkBrainDump = z.object({
  ...base,
  kind: z.literal('link_brain_dump'),
  payload: z.union([
    z.strictObject({ brainDumpId: z.uuid(), projectId: z.uuid() }),
    z.strictObject({ brainDumpId: z.uuid(), taskId: z.uuid() }),
    z.strictObject({ brainDumpId: z.uuid(), noteId: z.uuid() }),
  ]),
});

const updateUserContext = z.object({
  ...base,
  kind: z.literal('update_user_context'),
  payload: z.object({
    changes: z.object({
      background: nullableText.exactOptional(),
      goalsOverview: nullableText.exactOptional(),
      workStyle: nullableText.exactOptional(),
      communicationStyle: nullableText.exactOptional(),
      priorities: nullableText.exactOptional(),
      focusAreas: nullableText.exactOptional(),
      productivityChallenges: nullableText.exactOptional(),
      activeProjects: nullableText.exactOptional(),
      timezone: timeZoneName.exactOptional(),
      // Checked again here: nobody looks at a block outside working hours that are none.
      workingHours: z
        .record(z.string(), z.json())
        .refine((value) => workingHoursSchema.safeParse(value).success, 'are no working hours')
        .exactOptional(),
      extra: z.record(z.string(), z.json()).exactOptional(),
    }),
  }),
});

const saveDailyBrief = z.object({
  ...base,
  kind: z.literal('save_daily_brief'),
  payload: z.object({
    briefId: z.uuid(),
    briefDate: z.iso.date(),
    timeZone: z.string().min(1),
    content: z.string(),
    projectBriefs: z.array(z.object({ projectId: z.uuid(), content: z.string() })),
    insights: nullableText,
    priorityActions: z.array(z.string()),
    taskCount: z.int().min(0),
  }),
});

export const knowledgeShapes = [
  createNote,
  updateNote,
  createBrainDump,
  updateBrainDump,
  linkBrainDump,
  updateUserContext,
  saveDailyBrief,
] as const;
