import { extname } from 'node:path';
import { StewardError, invalidInput } from '../contract/errors.ts';

const textTypes = new Set([
  'application/json',
  'application/xml',
  'application/yaml',
  'application/x-yaml',
  'application/x-ndjson',
  'application/javascript',
]);
// For clients that name no type, or one that says nothing (curl's own default among them).
const byExtension: Readonly<Record<string, string>> = {
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.json': 'application/json',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
  '.ics': 'text/calendar',
  '.xml': 'application/xml',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.pdf': 'application/pdf',
};
// Indexing 19 million characters took 65 s on the embedded database, which does nothing else meanwhile.
const mostChars = 4_000_000;
const saysNothing = new Set(['', 'application/octet-stream', 'application/x-www-form-urlencoded']);

/** The media type without parameters, in lower case; by the name where the type given says nothing. */
export function mimeTypeOf(file: { readonly name: string; readonly mimeType: string }): string {
  const [given = ''] = file.mimeType.toLowerCase().split(';');
  const type = given.trim();
  if (!saysNothing.has(type)) return type;
  return byExtension[extname(file.name).toLowerCase()] ?? 'application/octet-stream';
}

function isText(mimeType: string): boolean {
  return mimeType.startsWith('text/') || textTypes.has(mimeType) || /\+(json|xml|yaml)$/.test(mimeType);
}

function refuse(message: string, cause?: unknown): StewardError {
  const refusal = invalidInput([{ path: 'body', message }]);
  return new StewardError(refusal.code, refusal.message, { details: refusal.details, cause });
}

function decode(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refuse('is not valid UTF-8: save the file as UTF-8, or send it as application/octet-stream', error);
  }
  // Postgres keeps no such text, and no text has one: it is something else under the name of a text.
  if (text.includes('\u0000')) throw refuse('has the character U+0000: send it as application/octet-stream');
  return text;
}

async function readPdf(bytes: Uint8Array): Promise<string> {
  // Half a second to load, for the first PDF and not for every start.
  const { extractText: readPages, getDocumentProxy } = await import('unpdf');
  try {
    // A copy, because the reader takes its bytes away. Without warnings, which it writes to the console.
    const document = await getDocumentProxy(bytes.slice(), { verbosity: 0 });
    try {
      const { text } = await readPages(document, { mergePages: false });
      return text.join('\n\n').replaceAll('\u0000', '').toWellFormed().trim();
    } finally {
      await document.cleanup();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refuse(`can't be read as PDF: ${why}`, error);
  }
}

/**
 * The text in a file: texts as they are (UTF-8, markup included), PDF by its pages. Null for a kind that has no text for
 * us, for a PDF without one (a scan), and for a text of more than 4 million characters. Throws `invalid_input` when the bytes are not what their type says, or none.
 */
export async function extractText(bytes: Uint8Array, mimeType: string): Promise<string | null> {
  if (bytes.byteLength === 0) throw refuse('is empty: send the bytes of a file');
  const text = mimeType === 'application/pdf' ? await readPdf(bytes) : isText(mimeType) ? decode(bytes) : '';
  return text.trim() === '' || text.length > mostChars ? null : text;
}
