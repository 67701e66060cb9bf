import type { Json, JsonObject } from '../../../contract/json.ts';
import { findUserContext, saveUserContext } from '../../../db/records/user-context.ts';
import type { UserContextRow } from '../../../db/records/user-context.ts';
import { jsonOrNull } from '../../../db/values.ts';
import { userContextUpdate } from '../../../schemas/records.ts';
import type { CallContext } from '../context.ts';
import { parseOrRefuse } from '../runs/check-start.ts';
import { requireScope } from '../scopes.ts';
import type { Tx } from '../runs/find.ts';

function contextRow(row: UserContextRow | null): JsonObject {
  if (row === null) return {};
  const { id: _id, user_id: _owner, ...shown } = JSON.parse(JSON.stringify(row)) as Record<string, Json>;
  return shown;
}

// Checked by the schema; JSON, as everything that came over an edge.
function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Writes checked fields of a person's context; fields left out stay. */
export async function putUserContext(
  tx: Tx,
  params: { readonly userId: string; readonly changes: JsonObject },
): Promise<UserContextRow> {
  const { working_hours: hours, extra, ...texts } = params.changes;
  const changes = {
    ...texts,
    ...(hours === undefined ? {} : { working_hours: jsonOrNull(hours) }),
    ...(extra === undefined ? {} : { extra: jsonOrNull(extra) }),
  };
  return await saveUserContext(tx, { userId: params.userId, changes });
}

/** What the person told about themselves; empty before they did. */
export async function getUserContext(context: CallContext): Promise<JsonObject> {
  requireScope(context.caller, 'records');
  const { userId } = context.caller;
  return contextRow(await context.database.asUser(userId, async (tx) => await findUserContext(tx, { userId })));
}

/** Changes some of it. Throws `invalid_input` for unknown fields. */
export async function setUserContext(
  context: CallContext,
  params: { readonly changes: JsonObject },
): Promise<JsonObject> {
  requireScope(context.caller, 'records');
  const { userId } = context.caller;
  const checked = asJson(parseOrRefuse(userContextUpdate, params.changes)) as JsonObject;
  return contextRow(
    await context.database.asUser(userId, async (tx) => await putUserContext(tx, { userId, changes: checked })),
  );
}
