import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client';
import type { OutsideResult } from '../tool-source.ts';

const mostChars = 500;
// Of a connection that never came about: nothing was sent over it.
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
// What the server did answer, if not as it should.
const answered = new Set<string>([SdkErrorCode.InvalidResult, SdkErrorCode.UnsupportedResultType]);

function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Why something failed, short: it may hold whatever a server said. */
export function reasonOf(error: unknown): string {
  const said = messageOf(error);
  // "fetch failed" is all that fetch says itself.
  const cause = messageOf(innermost(error));
  return (said.includes(cause) ? said : `${said} (${cause})`).slice(0, mostChars);
}

function causeCode(error: unknown): string | null {
  const cause = innermost(error);
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

function wasRefused(error: unknown): boolean {
  // 408 comes when a request was under way for too long.
  if (error instanceof SdkHttpError) return error.status >= 400 && error.status < 500 && error.status !== 408;
  if (error instanceof SdkError) return error.code === SdkErrorCode.NotConnected;
  return notSent.has(causeCode(error) ?? '');
}

/** A server over HTTP that was started anew knows no session from before. */
export function forgotSession(error: unknown): boolean {
  return error instanceof SdkHttpError && error.status === 404;
}

/** What is known of a call that threw, in words that `hide` has seen. Whatever is not sure to have failed is lost. */
export function failedCall(error: unknown, hide: (text: string) => string): OutsideResult {
  const reason = hide(reasonOf(error));
  if (error instanceof ProtocolError) return { kind: 'answered', ok: false, content: reason };
  if (error instanceof SdkError && answered.has(error.code)) return { kind: 'answered', ok: false, content: reason };
  return { kind: wasRefused(error) ? 'refused' : 'lost', reason };
}
