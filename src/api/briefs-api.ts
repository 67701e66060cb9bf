import type { ProjectBrief } from '../contract/operations/knowledge.ts';
import type { Page } from './runs-api.ts';

/** What a day held, as it was written for that day. */
export type DailyBriefView = {
  readonly id: string;
  /** `YYYY-MM-DD` in `timeZone`. */
  readonly date: string;
  readonly timeZone: string;
  /** Markdown. */
  readonly content: string;
  readonly insights: string | null;
  readonly priorityActions: readonly string[];
  readonly projectBriefs: readonly ProjectBrief[];
  /** The run that wrote it; null when it was imported. */
  readonly runId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** A person's daily briefs: one a day. */
export interface BriefsApi {
  /** Latest day first. */
  listBriefs(filter: {
    readonly date?: string;
    readonly cursor?: string;
    readonly limit?: number;
  }): Promise<Page<DailyBriefView>>;
  getBrief(params: { readonly briefId: string }): Promise<DailyBriefView>;
}
