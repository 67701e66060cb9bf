import { z } from 'zod';
import { personFields } from '../../../src/contract/facts/person.ts';
import { priority } from '../../../src/schemas/common-fields.ts';

const quotes = z.array(z.string());
const share = z.number().min(0).max(1);
/** Where something belongs: an existing project by its id, a new one by its key, or nowhere. */
const place = { projectId: z.string().nullable(), newProject: z.string().nullable() };

export const newProject = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  quotes,
  confidence: share,
});

export const newTask = z.object({
  key: z.string(),
  title: z.string(),
  details: z.string(),
  steps: z.array(z.string()),
  ...place,
  priority,
  startDate: z.string().nullable(),
  deadline: z.string().nullable(),
  time: z.string().nullable(),
  durationMinutes: z.int().nullable(),
  recurrence: z.string().nullable(),
  /** Another new task, or an existing one, that it is a part of. */
  parent: z.string().nullable(),
  parentTaskId: z.string().nullable(),
  quotes,
  guesses: z.array(z.string()),
  confidence: share,
  reason: z.string(),
});

export const taskUpdate = z.object({
  taskId: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  steps: z.array(z.string()),
  startDate: z.string().nullable(),
  deadline: z.string().nullable(),
  time: z.string().nullable(),
  durationMinutes: z.int().nullable(),
  priority: priority.nullable(),
  quotes,
  confidence: share,
  reason: z.string(),
});

export const newNote = z.object({
  key: z.string(),
  title: z.string(),
  content: z.string(),
  category: z.string().nullable(),
  ...place,
  quotes,
  confidence: share,
});

const addition = z.object({ text: z.string(), quotes, confidence: share });
export const projectAddition = addition.extend(place);
export const personAddition = addition.extend({ field: z.enum(personFields) });

/** All that the dump says, once, held against what exists. */
export const understood = z.object({
  title: z.string(),
  projects: z.array(newProject),
  tasks: z.array(newTask),
  updates: z.array(taskUpdate),
  /** Existing tasks that were said again with nothing new. */
  known: z.array(z.object({ taskId: z.string(), title: z.string(), quotes })),
  notes: z.array(newNote),
  projectAdditions: z.array(projectAddition),
  personAdditions: z.array(personAddition),
  insights: z.array(z.string()),
  contradictions: z.array(z.string()),
  /** What was left out, and why. */
  dropped: z.array(z.string()),
  confidence: share,
  markdown: z.string(),
});

export type NewProject = z.infer<typeof newProject>;
export type NewTask = z.infer<typeof newTask>;
export type TaskUpdate = z.infer<typeof taskUpdate>;
export type NewNote = z.infer<typeof newNote>;
export type ProjectAddition = z.infer<typeof projectAddition>;
export type PersonAddition = z.infer<typeof personAddition>;
export type Understood = z.infer<typeof understood>;
export type Place = { readonly projectId: string | null; readonly newProject: string | null };
