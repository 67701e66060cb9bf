import { Busboy } from '@fastify/busboy';
import type { BusboyHeaders } from '@fastify/busboy';
import { StewardError, invalidInput } from '../../contract/errors.ts';
import type { Problem } from '../../contract/errors.ts';
import { mostFilesAtOnce } from '../../api/files-api.ts';
import { HttpError } from '../errors/http-error.ts';
import { FileBody } from './file-body.ts';

export type FormFile = { readonly name: string; readonly body: FileBody };

/** The files of a form (multipart/form-data), in the order in which they were sent. */
export class FormBody {
  readonly files: readonly FormFile[];

  constructor(files: readonly FormFile[]) {
    this.files = files;
  }
}

// Beside the files a form has fields that are refused by name: some may come, but nobody needs many.
const mostParts = mostFilesAtOnce + 10;
const oddNames = 100;

type Part = {
  readonly field: string;
  readonly name: string;
  readonly encoding: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isWhole: boolean;
};
// Of a part without a filename it is undefined, whatever the library's types say.
type FileHead = [name: string | undefined, encoding: string, mimeType: string];
type Form = { readonly parts: readonly Part[]; readonly texts: readonly string[]; readonly isBroken: boolean };

/** What a form calls the nth of its files. */
export function fileField(index: number, count: number): string {
  return count === 1 ? 'file' : `file.${index}`;
}

function boundaryOf(contentType: string): string {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary !== undefined) return boundary;
  const problems = [{ path: 'Content-Type', message: 'names no boundary, which tells the parts of the form apart' }];
  const { message, details } = invalidInput(problems);
  throw new HttpError('invalid_input', message, { status: 400, details });
}

// Counted before anything is parsed: 200,000 parts of nothing took the parser three seconds, in which nobody else was served.
function requireFewParts(bytes: Buffer, boundary: string): void {
  const delimiter = Buffer.from(`--${boundary}`);
  let found = 0;
  for (let at = bytes.indexOf(delimiter); at !== -1; at = bytes.indexOf(delimiter, at + delimiter.length)) {
    found += 1;
    // The last one ends the form.
    if (found > mostParts + 1)
      throw invalidInput([{ path: 'file', message: `the form has more than ${mostParts} parts` }]);
  }
}

/** The parts of a form. The whole of it is written at once: the parser never ends when something follows the end by itself. */
async function readParts(bytes: Buffer, headers: BusboyHeaders, fileSize: number): Promise<Form> {
  return await new Promise((resolve) => {
    const parts: Part[] = [];
    const texts: string[] = [];
    let isBroken = false;
    const limits = { fileSize, fieldSize: 1_000, headerPairs: 20 };
    const parser = new Busboy({ headers, limits });
    parser.on('file', (field: string | undefined, stream, ...[name, encoding, mimeType]: FileHead) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      // Told by the parser, too.
      stream.on('error', () => undefined);
      stream.on('end', () => {
        const content = new Uint8Array(Buffer.concat(chunks));
        const head = { field: field ?? '', name: name ?? '', encoding, mimeType };
        parts.push({ ...head, bytes: content, isWhole: !stream.truncated });
      });
    });
    parser.on('field', (field: string | undefined) => texts.push(field ?? ''));
    parser.on('error', () => {
      isBroken = true;
    });
    parser.on('finish', () => resolve({ parts, texts, isBroken }));
    parser.end(bytes);
  });
}

function shorten(name: string): string {
  return name.slice(0, oddNames);
}

function textProblem(field: string): Problem {
  if (field === 'file') return { path: 'file', message: 'came as text: send it as a file, with its name' };
  const path = field === '' ? 'file' : shorten(field);
  const way = 'there is no such field; files come as "file", and what they belong to stands in the query';
  return { path, message: field === '' ? 'a part of the form has no name' : way };
}

function fileProblem({ field, name, encoding }: Part, path: string): Problem | null {
  if (field !== 'file') return { path: shorten(field), message: 'there is no such field; send files as "file"' };
  if (name === '') return { path, message: 'has no name: give it a filename' };
  if (/^(7bit|8bit|binary)$/i.test(encoding)) return null;
  return { path, message: `is encoded as ${shorten(encoding)}: send its bytes as they are` };
}

function problemsOf({ parts, texts, isBroken }: Form): readonly Problem[] {
  if (isBroken) return [{ path: 'file', message: 'the form breaks off, or is none: send it whole' }];
  const wrong = [
    ...texts.map(textProblem),
    ...parts.map((part, index) => fileProblem(part, fileField(index, parts.length))),
  ].filter((problem) => problem !== null);
  if (wrong.length > 0) return wrong;
  if (parts.length === 0) return [{ path: 'file', message: 'send at least one file, as "file" with its name' }];
  if (parts.length <= mostFilesAtOnce) return [];
  return [{ path: 'file', message: `send at most ${mostFilesAtOnce} files at once; these are ${parts.length}` }];
}

/**
 * Reads a form that came whole. Throws `invalid_input` for one that is none, that breaks off, or that has other fields
 * than `file`, and `payload_too_large` for a file of more than `fileSize` bytes.
 */
export async function readForm(
  bytes: Buffer,
  form: { readonly contentType: string; readonly fileSize: number },
): Promise<FormBody> {
  requireFewParts(bytes, boundaryOf(form.contentType));
  const read = await readParts(bytes, { 'content-type': form.contentType }, form.fileSize);
  // As a browser sends a field in which nothing was chosen.
  const parts = read.parts.filter(({ name, bytes: content }) => name !== '' || content.byteLength > 0);
  const problems = problemsOf({ ...read, parts });
  if (problems.length > 0) throw invalidInput(problems);
  const large = parts.findIndex(({ isWhole }) => !isWhole);
  if (large !== -1) {
    const message = `"${parts[large]?.name ?? ''}" is larger than ${form.fileSize} bytes`;
    const problem = { path: fileField(large, parts.length), message };
    throw new StewardError('payload_too_large', `${problem.path}: ${message}`, {
      details: { limit: form.fileSize, problems: [problem] },
    });
  }
  return new FormBody(
    parts.map(({ name, mimeType, bytes: content }) => ({ name, body: new FileBody(mimeType, content) })),
  );
}
