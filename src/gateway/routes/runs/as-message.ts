import type { MessageOptions } from '../../../api/runs-api.ts';

/** The Idempotency-Key makes the message count once. */
export function asMessage(messageId: string | undefined): MessageOptions {
  return messageId === undefined ? {} : { messageId };
}
