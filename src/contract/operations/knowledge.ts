import type { Json, JsonObject } from '../json.ts';
import type { PersonField } from '../facts/person.ts';
import type { OperationBase } from './base.ts';

export const brainDumpStatuses = ['pending', 'processing', 'completed', 'failed'] as const;

export type CreateNote = OperationBase<
  'create_note',
  {
    readonly noteId: string;
    readonly projectId: string | null;
    readonly title: string;
    readonly content: string;
    readonly category: string | null;
    readonly tags: readonly string[];
  }
>;

export type UpdateNote = OperationBase<
  'update_note',
  {
    readonly noteId: string;
    readonly changes: {
      readonly title?: string;
      readonly content?: string;
      readonly category?: string | null;
      readonly tags?: readonly string[];
    };
  }
>;

/** Makes a record of the text that the run was started with. The text itself stays out of the proposal. */
export type CreateBrainDump = OperationBase<
  'create_brain_dump',
  {
    readonly brainDumpId: string;
    /** The `userPrompt` of the run's input. */
    readonly contentFrom: 'input';
    readonly title: string | null;
    readonly projectId: string | null;
  }
>;

export type UpdateBrainDump = OperationBase<
  'update_brain_dump',
  {
    readonly brainDumpId: string;
    readonly changes: {
      readonly status?: (typeof brainDumpStatuses)[number];
      readonly title?: string | null;
      readonly aiSummary?: string | null;
      readonly aiInsights?: string | null;
      readonly parsedResults?: Json;
      readonly projectId?: string | null;
      readonly tags?: readonly string[];
    };
  }
>;

/** Says what came of a brain dump: a project, a task or a note. */
export type LinkBrainDump = OperationBase<
  'link_brain_dump',
  { readonly brainDumpId: string } & (
    { readonly projectId: string } | { readonly taskId: string } | { readonly noteId: string }
  )
>;

/** Fields left out stay; the keys of `extra` are added to those that are there. */
export type UpdateUserContext = OperationBase<
  'update_user_context',
  {
    readonly changes: { readonly [Field in PersonField]?: string | null } & {
      /** An IANA name. */
      readonly timezone?: string;
      /** As `src/schemas/working-hours.ts` has them. */
      readonly workingHours?: JsonObject;
      readonly extra?: JsonObject;
    };
  }
>;

export type ProjectBrief = { readonly projectId: string; readonly content: string };

/** One brief a day: saving the same day again replaces it. */
export type SaveDailyBrief = OperationBase<
  'save_daily_brief',
  {
    readonly briefId: string;
    /** `YYYY-MM-DD` in `timeZone`, an IANA name. */
    readonly briefDate: string;
    readonly timeZone: string;
    /** Markdown, as are the parts for each project. */
    readonly content: string;
    readonly projectBriefs: readonly ProjectBrief[];
    readonly insights: string | null;
    readonly priorityActions: readonly string[];
    /** How many tasks it names. */
    readonly taskCount: number;
  }
>;
