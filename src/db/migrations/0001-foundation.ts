import type { MigrationScript } from './migration-script.ts';
import { createdColumn, ownedBy, ownerColumn } from './migration-script.ts';

// Roles belong to the whole server: another database of it may have made them, or may be making them right now.
function createRole(role: string): string {
  return `
do $$
begin
  if not exists (select from pg_roles where rolname = '${role}') then
    begin
      create role ${role} nologin;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  if not pg_has_role(current_user, '${role}', 'member') then
    execute format('grant ${role} to %I', current_user);
  end if;
end
$$`;
}

export const foundation: MigrationScript = {
  name: '0001-foundation',
  statements: [
    createRole('steward_user'),
    createRole('steward_service'),
    `do $$ begin execute format('grant usage on schema %I to steward_user, steward_service', current_schema()); end $$`,

    // An unset setting is null at first and '' after a transaction that had set it.
    `create function steward_current_user() returns uuid language sql stable as $$
       select nullif(current_setting('steward.user_id', true), '')::uuid
     $$`,
    `create function steward_touch() returns trigger language plpgsql as $$
     begin
       new.updated_at := now();
       return new;
     end
     $$`,

    `create table users (
       id uuid primary key default gen_random_uuid(),
       email text unique,
       name text not null default '',
       timezone text not null default 'UTC',
       ${createdColumn}
     )`,
    'alter table users enable row level security',
    'alter table users force row level security',
    'create policy users_read on users for select to steward_user using (id = (select steward_current_user()))',
    `create policy users_update on users for update to steward_user
       using (id = (select steward_current_user())) with check (id = (select steward_current_user()))`,
    'create policy users_service on users to steward_service using (true) with check (true)',
    'grant select, update on users to steward_user',
    'grant select, insert, update, delete on users to steward_service',

    `create table api_tokens (
       id uuid primary key default gen_random_uuid(),
       ${ownerColumn},
       name text not null,
       prefix text not null unique,
       token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
       scopes text[] not null check (scopes <@ array['runs', 'decide', 'records', 'admin']),
       ${createdColumn},
       last_used_at timestamptz(3),
       expires_at timestamptz(3),
       revoked_at timestamptz(3)
     )`,
    'create index idx_api_tokens_user on api_tokens (user_id, created_at)',
    ...ownedBy('api_tokens'),

    `create table idempotency_keys (
       ${ownerColumn},
       key text not null,
       method text not null,
       path text not null,
       request_hash text not null,
       status int,
       response jsonb,
       ${createdColumn},
       primary key (user_id, key)
     )`,
    'create index idx_idempotency_keys_created on idempotency_keys (created_at)',
    ...ownedBy('idempotency_keys'),
  ],
};
