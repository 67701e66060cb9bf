/**
 * One numbered step of the schema. Statements run one by one, in order, in one transaction: PGlite's prepared queries take
 * a single statement each. A published script never changes: a later one corrects it.
 */
export type MigrationScript = { readonly name: string; readonly statements: readonly string[] };

/** Row-level security of a table: the user role sees the owner's rows, the service role all. `owner` is a column of the table. */
export function ownedBy(table: string, owner = 'user_id'): readonly string[] {
  const mine = `${owner} = (select steward_current_user())`;
  return [
    `alter table ${table} enable row level security`,
    // Without FORCE the tables' owner, which is who the application connects as, would pass by every policy.
    `alter table ${table} force row level security`,
    `create policy ${table}_user on ${table} to steward_user using (${mine}) with check (${mine})`,
    `create policy ${table}_service on ${table} to steward_service using (true) with check (true)`,
    `grant select, insert, update, delete on ${table} to steward_user, steward_service`,
  ];
}

/** Keeps `updated_at` at the time of the last change. */
export function touched(table: string): string {
  return `create trigger ${table}_touch before update on ${table} for each row execute function steward_touch()`;
}

/** The owner of a row that refers to another row must be its owner, too: the reference carries both columns. */
export function ownReference(column: string, target: string, onDelete: 'cascade' | 'set null'): string {
  const action = onDelete === 'cascade' ? 'cascade' : `set null (${column})`;
  return `foreign key (user_id, ${column}) references ${target} (user_id, id) on delete ${action}`;
}

/** A check that the column holds one of the words. */
export function oneOf(column: string, words: readonly string[]): string {
  return `check (${column} in (${words.map((word) => `'${word}'`).join(', ')}))`;
}

export const ownerColumn = 'user_id uuid not null references users (id) on delete cascade';
export const createdColumn = 'created_at timestamptz(3) not null default now()';
export const updatedColumn = 'updated_at timestamptz(3) not null default now()';
