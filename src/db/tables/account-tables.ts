import type { Scope } from '../../api/tokens-api.ts';
import type { Default, DefaultTimestamp, Nullable, NullableJsonColumn, NullableTimestamp } from './columns.ts';

export interface UsersTable {
  id: Default<string>;
  email: Nullable<string>;
  name: Default<string>;
  timezone: Default<string>;
  created_at: DefaultTimestamp;
}

export interface ApiTokensTable {
  id: Default<string>;
  user_id: string;
  name: string;
  /** First characters of the token, to recognize it by. */
  prefix: string;
  /** SHA-256 of the whole token in lower-case hex. */
  token_hash: string;
  scopes: readonly Scope[];
  created_at: DefaultTimestamp;
  last_used_at: NullableTimestamp;
  expires_at: NullableTimestamp;
  revoked_at: NullableTimestamp;
}

export interface IdempotencyKeysTable {
  user_id: string;
  key: string;
  method: string;
  path: string;
  request_hash: string;
  status: Nullable<number>;
  response: NullableJsonColumn;
  created_at: DefaultTimestamp;
}
