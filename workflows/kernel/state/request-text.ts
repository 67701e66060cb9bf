import type { Json } from '../../../src/contract/json.ts';
import type { Question } from '../../../src/contract/request.ts';
import type { OpenRequest } from './run-state.ts';

/** What of a request is shown in Temporal's Web UI. */
type Shown = Pick<OpenRequest, 'requestId' | 'kind' | 'title' | 'questions' | 'deadlineMs'>;

/** A shell command: words that belong on one line each when it is broken. */
type Command = readonly string[];

// Quoted for the shell, where `<`, spaces and quotes mean something else. A quote inside ends the quotes: closed, escaped, opened again.
function quoted(word: string): string {
  return /^[\w.:/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The default, or a placeholder of the right type to write over. */
function sample({ kind, options, default: standard }: Question): string | number | boolean {
  if (standard !== null) return standard;
  return kind === 'choice' ? (options[0] ?? '<choice>') : `<${kind}>`;
}

function stewardCommand(request: Shown): Command {
  if (request.kind === 'approval') return [`steward approve ${request.requestId}`];
  const fields = request.questions.map((one) => `${one.key}=${quoted(String(sample(one)))}`);
  return [`steward answer ${request.requestId}`, ...fields];
}

function temporalCommand(request: Shown, workflowId: string, indent: number): Command {
  const { requestId } = request;
  const approval = request.kind === 'approval';
  const value = Object.fromEntries(request.questions.map((one) => [one.key, sample(one)]));
  const input: Json = approval ? { requestId, decision: 'approve' } : { requestId, value };
  return [
    'temporal workflow signal',
    `--workflow-id ${workflowId}`,
    `--name ${approval ? 'decide' : 'answer'}`,
    `--input ${quoted(JSON.stringify(input, null, indent))}`,
  ];
}

/** Shell commands that answer a request, one line each: by Temporal's own CLI and by Steward's. */
export function commandLines(request: Shown, workflowId: string): readonly string[] {
  return [temporalCommand(request, workflowId, 0).join(' '), stewardCommand(request).join(' ')];
}

// The Web UI cuts long lines of code off, so commands are broken; the shell takes them as they stand.
function block(command: Command): string {
  return ['```', command.join(' \\\n  '), '```'].join('\n');
}

/** What is asked, until when, and the exact commands that answer it, as Markdown. */
export function describeRequest(request: Shown, workflowId: string): string {
  const { kind, title, questions, deadlineMs } = request;
  const deadline =
    deadlineMs === null
      ? 'no deadline'
      : `until ${new Date(deadlineMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const choices = (one: Question): string => (one.options.length === 0 ? one.kind : one.options.join(' | '));
  const asked = questions.map((one) => `- \`${one.key}\` (${choices(one)}): ${one.question}`);
  return [
    `Waiting on **${kind}** (${deadline}): ${title}`,
    // Without the empty line around it, Markdown takes a list for more of the sentence.
    ...(asked.length === 0 ? [] : [asked.join('\n')]),
    'Answer with Steward:',
    block(stewardCommand(request)),
    "or with Temporal's own CLI:",
    block(temporalCommand(request, workflowId, 1)),
  ].join('\n\n');
}
