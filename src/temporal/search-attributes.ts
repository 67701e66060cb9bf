import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { StewardError } from '../contract/errors.ts';

const { INDEXED_VALUE_TYPE_DOUBLE, INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

/** What Temporal's lists can be filtered by. No secret and no personal text belongs in any of them. */
export const searchAttributes = {
  StewardType: INDEXED_VALUE_TYPE_KEYWORD,
  StewardUser: INDEXED_VALUE_TYPE_KEYWORD,
  StewardProject: INDEXED_VALUE_TYPE_KEYWORD,
  StewardStatus: INDEXED_VALUE_TYPE_KEYWORD,
  StewardPhase: INDEXED_VALUE_TYPE_KEYWORD,
  StewardWaitingOn: INDEXED_VALUE_TYPE_KEYWORD,
  StewardCostUsd: INDEXED_VALUE_TYPE_DOUBLE,
} as const;

type Attributes = Readonly<Record<string, proto.temporal.api.enums.v1.IndexedValueType>>;
type Target = { readonly connection: Connection; readonly namespace: string };

async function findMissing({ connection, namespace }: Target): Promise<Attributes> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const known = customAttributes ?? {};
  const entries = Object.entries(searchAttributes);
  const wrong = entries.find(([name, type]) => known[name] !== undefined && known[name] !== type);
  if (wrong !== undefined) {
    const message = `Temporal's search attribute ${wrong[0]} exists with another type: remove it with "temporal operator search-attribute remove --name ${wrong[0]}".`;
    throw new StewardError('conflict', message);
  }
  return Object.fromEntries(entries.filter(([name]) => known[name] === undefined));
}

async function add({ connection, namespace }: Target, missing: Attributes): Promise<void> {
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (error) {
    // Another process may have added them in between; the listing that follows is what counts.
    if (Object.keys(await findMissing({ connection, namespace })).length > 0) throw error;
  }
}

/**
 * Makes Steward's search attributes in the namespace and waits until they are listed. On the command line of a server they
 * would be ignored for an existing database. Throws `conflict` for one of another type, `unavailable` after 30 s.
 */
export async function ensureSearchAttributes(target: Target): Promise<void> {
  const missing = await findMissing(target);
  if (Object.keys(missing).length === 0) return;
  await add(target, missing);
  const deadlineMs = Date.now() + 30_000;
  while (Object.keys(await findMissing(target)).length > 0) {
    if (Date.now() > deadlineMs) throw new StewardError('unavailable', "Temporal doesn't list our search attributes.");
    await delay(100);
  }
}
