import type { OperationBase } from './base.ts';

export const projectStatuses = ['active', 'completed', 'on_hold', 'cancelled'] as const;
export type ProjectStatus = (typeof projectStatuses)[number];
export const projectSources = ['brain_dump', 'manual', 'calendar_analysis', 'ai_generated'] as const;
export type ProjectSource = (typeof projectSources)[number];

export type CreateProject = OperationBase<
  'create_project',
  {
    readonly projectId: string;
    readonly name: string;
    readonly description: string | null;
    readonly executiveSummary: string | null;
    readonly context: string | null;
    readonly startDate: string | null;
    readonly endDate: string | null;
    /** `ai_generated` when left out. */
    readonly source?: ProjectSource;
    readonly tags?: readonly string[];
  }
>;

export type UpdateProject = OperationBase<
  'update_project',
  {
    readonly projectId: string;
    readonly changes: {
      readonly name?: string;
      readonly description?: string | null;
      readonly executiveSummary?: string | null;
      readonly context?: string | null;
      readonly status?: ProjectStatus;
      readonly tags?: readonly string[];
      readonly startDate?: string | null;
      readonly endDate?: string | null;
    };
  }
>;

export type CreatePhase = OperationBase<
  'create_phase',
  {
    readonly phaseId: string;
    readonly projectId: string;
    readonly name: string;
    readonly description: string | null;
    readonly order: number;
    /** ISO 8601 instants; a phase without scheduled work spans its project's dates. */
    readonly startDate: string;
    readonly endDate: string;
  }
>;

export type UpdatePhase = OperationBase<
  'update_phase',
  {
    readonly phaseId: string;
    readonly changes: {
      readonly name?: string;
      readonly description?: string | null;
      readonly order?: number;
      readonly startDate?: string;
      readonly endDate?: string;
    };
  }
>;

/** Only of a phase without tasks: move them elsewhere first. */
export type DeletePhase = OperationBase<'delete_phase', { readonly phaseId: string }>;
