import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { RawBuilder, Transaction } from 'kysely';
import { StewardError } from '../contract/errors.ts';
import { sourceKinds } from '../contract/facts/source-facts.ts';
import type { SourceKind, SourceRef } from '../contract/facts/source-facts.ts';
import { found } from './records/page.ts';
import type { Tables } from './tables.ts';

/** A source that a search found; `rank` is from 0 to 1, `excerpt` the place that fits best, shortened. */
export type SearchHit = {
  readonly kind: SourceKind;
  readonly id: string;
  readonly title: string;
  readonly rank: number;
  readonly excerpt: string;
  readonly updatedAt: string;
  readonly projectId: string | null;
};

/** A source's canonical text, whole and as stored: what quotes are checked against. */
export type Source = {
  readonly kind: SourceKind;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Of the text as UTF-8, in hex. */
  readonly sha256: string;
  readonly updatedAt: string;
  readonly projectId: string | null;
};

const tables = {
  note: { table: 'notes', project: 'project_id', changed: 'updated_at' },
  task: { table: 'tasks', project: 'project_id', changed: 'updated_at' },
  project: { table: 'projects', project: 'id', changed: 'updated_at' },
  brain_dump: { table: 'brain_dumps', project: 'project_id', changed: 'updated_at' },
  file: { table: 'files', project: 'project_id', changed: 'created_at' },
} as const satisfies Record<SourceKind, object>;

// As the index cuts texts into parts (migration 0007).
const partChars = 20_000;
const partWithOverlap = 20_200;
// Of a text this short nothing need be left out.
const shortChars = 300;

// `held` is a row of the kind's table; a deleted task is no source.
function sourceOf(kind: SourceKind, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  const { table, project, changed } = tables[kind];
  const alive = kind === 'task' ? sql`and held.deleted_at is null` : sql``;
  return sql`
    select steward_source_title(${sql.lit(kind)}, to_jsonb(held)) as title, ${sql.ref(`held.${changed}`)} as changed_at,
      ${sql.ref(`held.${project}`)} as project_id, steward_source_text(${sql.lit(kind)}, to_jsonb(held)) as content
    from ${sql.table(table)} held where ${condition} ${alive}`;
}

type HitRow = {
  readonly kind: SourceKind;
  readonly id: string;
  readonly title: string;
  readonly rank: number;
  readonly excerpt: string;
  readonly changed_at: string;
  readonly project_id: string | null;
};

/**
 * What a person owns that says some of the query's words, best first: all of them before some of them. Words are found by
 * their English and German stems and as they are; "a phrase" in quotes stays whole, and -word leaves out what says it.
 * A query without words finds nothing.
 */
export async function searchSources(
  tx: Transaction<Tables>,
  params: {
    readonly userId: string;
    readonly query: string;
    /** All kinds when left out. */
    readonly kinds?: readonly SourceKind[] | undefined;
    readonly projectId?: string | null | undefined;
    readonly limit: number;
  },
): Promise<SearchHit[]> {
  const { userId, query, kinds = sourceKinds, projectId = null, limit } = params;
  const sources = sql.join(
    sourceKinds.map((kind) => sourceOf(kind, sql`hit.kind = ${sql.lit(kind)} and held.id = hit.source_id`)),
    sql` union all `,
  );
  const { rows } = await sql<HitRow>`
    select hit.kind, hit.source_id as id, hit.rank, source.title, source.changed_at, source.project_id,
      case when length(source.content) <= ${sql.lit(shortChars)} then source.content else steward_excerpt(substr(source.content, hit.part * ${sql.lit(partChars)} + 1, ${sql.lit(partWithOverlap)}), hit.wanted) end as excerpt
    from steward_match(${userId}::uuid, ${query}, ${[...kinds]}::text[], ${projectId}::uuid, ${limit}::int) hit
    join lateral (${sources}) source on true
    order by hit.rank desc, source.changed_at desc, hit.source_id`.execute(tx);
  return rows.map(({ changed_at: updatedAt, project_id, ...hit }) => ({ ...hit, updatedAt, projectId: project_id }));
}

/** The sources that say some of a query's words, best first: the search without its excerpts. */
export async function matchingSources(
  tx: Transaction<Tables>,
  params: {
    readonly userId: string;
    readonly query: string;
    readonly kinds: readonly SourceKind[];
    readonly projectId: string | null;
    readonly limit: number;
  },
): Promise<readonly (SourceRef & { readonly rank: number })[]> {
  const { userId, query, kinds, projectId, limit } = params;
  const { rows } = await sql<SourceRef & { readonly rank: number }>`
    select kind, source_id as id, rank
    from steward_match(${userId}::uuid, ${query}, ${[...kinds]}::text[], ${projectId}::uuid, ${limit}::int)
    order by rank desc, kind, source_id`.execute(tx);
  return rows;
}

/** Ids of the sources of one kind that `matchingSources` finds. */
export async function matchingIds(
  tx: Transaction<Tables>,
  params: {
    readonly userId: string;
    readonly query: string;
    readonly kind: SourceKind;
    readonly projectId: string | null;
    readonly limit: number;
  },
): Promise<string[]> {
  const { kind, ...query } = params;
  const found = await matchingSources(tx, { ...query, kinds: [kind] });
  return found.map(({ id }) => id);
}

type SourceRow = Pick<HitRow, 'title' | 'changed_at' | 'project_id'> & { readonly content: string };

async function refuseWithoutText(tx: Transaction<Tables>, id: string): Promise<void> {
  const file = await tx
    .selectFrom('files')
    .select(['name', 'mime_type'])
    .where('id', '=', id)
    .where('text', 'is', null)
    .executeTakeFirst();
  if (file === undefined) return;
  throw new StewardError('conflict', `Steward can't read text out of "${file.name}" (${file.mime_type}).`, {
    details: { id },
  });
}

/** Throws `not_found`, and `conflict` for a file that no text could be read of. */
export async function readSource(
  tx: Transaction<Tables>,
  params: { readonly userId: string; readonly kind: SourceKind; readonly id: string },
): Promise<Source> {
  const { userId, kind, id } = params;
  const mine = sql`held.id = ${id}::uuid and held.user_id = ${userId}::uuid`;
  const { rows } = await sql<SourceRow>`${sourceOf(kind, mine)}`.execute(tx);
  const row = found(rows[0], { kind: kind.replace('_', ' '), id });
  if (kind === 'file') await refuseWithoutText(tx, id);
  const { title, content, changed_at: updatedAt, project_id: projectId } = row;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { kind, id, title, text: content, sha256, updatedAt, projectId };
}
