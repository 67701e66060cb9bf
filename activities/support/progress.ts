import { Context } from '@temporalio/activity';
import type { JsonObject } from '../../src/contract/json.ts';

const latest = new WeakMap<Context, JsonObject>();

/** Says how far the running activity is; its further heartbeats repeat it. */
export function tellProgress(details: JsonObject): void {
  const context = Context.current();
  latest.set(context, details);
  context.heartbeat(details);
}

/** A sign of life, with what was told last. */
export function heartbeat(context: Context): void {
  context.heartbeat(latest.get(context));
}
