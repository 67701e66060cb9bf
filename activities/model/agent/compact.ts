import { sectionText } from '../../../src/contract/prompts/section.ts';
import { estimateTokens } from '../../../src/models/calls/estimate-tokens.ts';
import type { ChatMessage } from '../../../src/models/model-service.ts';
import type { Entry } from '../../tools/transcript.ts';

/** What came before the messages that are shown whole: a line for each of the later steps, a count of the earlier ones. */
export type Past = {
  readonly lines: readonly string[];
  readonly counts: readonly { readonly name: string; readonly count: number }[];
};

// The latest turns are what the model works with. The window moves in strides, so that in between each prompt begins like
// the one before it: what providers have cached of it stays true.
const keptTurns = 8;
const stride = 8;
// Of the room that a prompt has, what each part may take.
const windowShare = 0.7;
const linesShare = 0.25;
// The line that says how a cut result goes on, and what a result has at least, however little room is left.
const noteTokens = 60;
const leastResultTokens = 100;

/** Entries by turns: each begins where the model speaks. */
export function byTurn(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const turns: Entry[][] = [];
  for (const entry of entries) {
    const current = turns.at(-1);
    if (entry.message.role === 'assistant' || current === undefined) turns.push([entry]);
    else current.push(entry);
  }
  // The oldest may have been cut off where reading began.
  return turns.filter(([first]) => first?.message.role === 'assistant');
}

function tokensOf(turn: readonly Entry[]): number {
  return turn.reduce((sum, entry) => sum + entry.tokens, 0);
}

/** How many of the latest turns are shown whole: those of the window, as far as they fit. `turn` is the one to come. */
export function countWhole(turns: readonly (readonly Entry[])[], at: { turn: number; room: number }): number {
  const taken = at.turn - 1;
  const wanted = taken <= keptTurns ? taken : keptTurns + ((taken - keptTurns) % stride);
  let left = at.room * windowShare;
  let count = 0;
  for (const turn of turns.slice(-wanted).reverse()) {
    left -= tokensOf(turn);
    if (left < 0 && count > 0) break;
    count += 1;
  }
  return count;
}

/** So much of a text's beginning as takes at most so many tokens: its parts may be of different density. */
function beginning(text: string, mostTokens: number): string {
  let shown = text;
  for (let tokens = estimateTokens(shown); tokens > mostTokens; tokens = estimateTokens(shown))
    shown = shown.slice(0, Math.floor(shown.length * Math.min(0.9, mostTokens / tokens)));
  // Never half of a sign.
  return shown.replace(/[\uD800-\uDBFF]$/u, '');
}

function cutResult({ message, tokens }: Entry, mostTokens: number): ChatMessage {
  if (message.role !== 'tool' || tokens <= mostTokens) return message;
  const shown = beginning(message.content, Math.max(0, mostTokens - noteTokens));
  const rest = JSON.stringify({ reference: message.toolCallId, from: shown.length });
  const note = `[cut: ${message.content.length} characters in all; read on with recall ${rest}]`;
  return { ...message, content: `${shown}…\n${note}` };
}

/** The messages of a turn; one that is too large on its own has its results cut, evenly. */
function fitTurn(turn: readonly Entry[], room: number): readonly ChatMessage[] {
  if (tokensOf(turn) <= room) return turn.map(({ message }) => message);
  const results = turn.filter(({ message }) => message.role === 'tool');
  const left = room - (tokensOf(turn) - tokensOf(results));
  const each = Math.max(leastResultTokens, Math.floor(left / Math.max(1, results.length)));
  return turn.map((entry) => cutResult(entry, each));
}

function pastText({ lines, counts }: Past, room: number): string | null {
  let left = room;
  const shown = lines.filter((_line, index) => {
    // The latest matter most: counted from the end.
    left -= estimateTokens(lines[lines.length - 1 - index] ?? '') + 1;
    return left >= 0;
  }).length;
  const latest = shown === 0 ? [] : lines.slice(-shown);
  const total = counts.reduce((sum, { count }) => sum + count, lines.length - latest.length);
  if (total === 0 && latest.length === 0) return null;
  const names = counts.map(({ name, count }) => `${name} ${count} times`).join(', ');
  const earlier =
    total === 0 ? [] : [`(${total} steps before these are not listed${names === '' ? '' : `: ${names}`})`];
  return [...earlier, ...latest].join('\n');
}

const pastIntro =
  'What you have done and seen before, a line a step. The result of a call can be read again with "recall" by the reference in brackets.';

/** The prompt of the next turn: the goal, what came before by reference, the latest turns whole. It fits into `room` tokens beside the goal. */
export function compactTranscript(transcript: {
  readonly opening: readonly Entry[];
  readonly past: Past;
  readonly latest: readonly (readonly Entry[])[];
  readonly room: number;
}): readonly ChatMessage[] {
  const { opening, past, latest, room } = transcript;
  const text = pastText(past, room * linesShare);
  const [system, goal] = opening.map(({ message }) => message);
  const before =
    text === null || goal === undefined || goal.content === null
      ? goal
      : ({ role: 'user', content: `${goal.content}\n\n${pastIntro}\n${sectionText('earlier_steps', text)}` } as const);
  const messages = latest.flatMap((turn) => fitTurn(turn, room * windowShare));
  return [system, before, ...messages].filter((message) => message !== undefined);
}
