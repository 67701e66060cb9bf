import type { MigrationScript } from './migration-script.ts';
import { createdColumn, oneOf, ownReference, ownedBy, ownerColumn } from './migration-script.ts';
import { readingFunctions, searchFunctions } from './search-functions.ts';

const files = [
  `create table files (
     id uuid primary key default gen_random_uuid(),
     ${ownerColumn},
     project_id uuid,
     task_id uuid,
     name text not null,
     mime_type text not null,
     size_bytes bigint not null check (size_bytes > 0),
     sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
     text text,
     ${createdColumn},
     unique (user_id, id),
     ${ownReference('project_id', 'projects', 'set null')},
     ${ownReference('task_id', 'tasks', 'set null')}
   )`,
  'create index idx_files_user on files (user_id, created_at, id)',
  'create index idx_files_project on files (project_id)',
  'create index idx_files_task on files (task_id)',
  'create index idx_files_sha256 on files (sha256)',
  ...ownedBy('files'),
];

// Beside the records and not in them: a column of theirs would come along in every row, export and API answer.
const parts = [
  `create table search_parts (
     ${ownerColumn},
     kind text not null ${oneOf('kind', ['note', 'task', 'project', 'brain_dump', 'file'])},
     source_id uuid not null,
     part int not null,
     project_id uuid,
     document tsvector not null,
     primary key (kind, source_id, part)
   )`,
  'create index idx_search_parts_document on search_parts using gin (document)',
  'create index idx_search_parts_user on search_parts (user_id)',
  ...ownedBy('search_parts'),
];

type Source = { readonly table: string; readonly kind: string; readonly columns: readonly string[] };
const sources: readonly Source[] = [
  { table: 'notes', kind: 'note', columns: ['title', 'content', 'project_id'] },
  {
    table: 'tasks',
    kind: 'task',
    columns: ['title', 'description', 'details', 'task_steps', 'project_id', 'deleted_at'],
  },
  { table: 'projects', kind: 'project', columns: ['name', 'description', 'context', 'executive_summary'] },
  { table: 'brain_dumps', kind: 'brain_dump', columns: ['title', 'content', 'ai_summary', 'project_id'] },
  { table: 'files', kind: 'file', columns: ['name', 'text', 'project_id'] },
];

function indexed({ table, kind, columns }: Source): readonly string[] {
  const alive = columns.includes('deleted_at') ? 'where deleted_at is null' : '';
  return [
    `create trigger ${table}_search after insert or update of user_id, ${columns.join(', ')} or delete on ${table}
       for each row execute function steward_search_refresh('${kind}')`,
    // What was there before. Perform drops the results, which a select of a big table would send.
    `do $$ begin perform steward_index_source('${kind}', to_jsonb(held)) from ${table} held ${alive}; end $$`,
  ];
}

export const search: MigrationScript = {
  name: '0007-search',
  statements: [
    ...readingFunctions,
    ...files,
    ...parts,
    ...searchFunctions,
    // Row-level security holds for the tables' owner, too: only the service sees what is to be indexed.
    ...sources.flatMap((source) => {
      const [trigger = '', backfill = ''] = indexed(source);
      return [trigger, 'set local role steward_service', backfill, 'reset role'];
    }),
  ],
};
