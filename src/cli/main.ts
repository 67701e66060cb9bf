import { readFile } from 'node:fs/promises';
import { addCompletion } from './completion.ts';
import { endQuietlyOnClosedPipe } from './pipes.ts';
import { createProgram, throwErrors } from './program.ts';
import { reportError } from './report.ts';

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  // Typed any; npm requires a version in every manifest.
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
}

endQuietlyOnClosedPipe();
const words = process.argv.slice(2);
// Asked before the parsing, since it may be what fails.
const json = words.includes('--json');
try {
  const program = createProgram(await readVersion(), { json });
  await addCompletion(program, words);
  throwErrors(program, json);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error, { json });
}
