import type { Problem } from '../../src/contract/errors.ts';
import { everySource } from '../../src/contract/facts/source-facts.ts';
import type { SourceScope } from '../../src/contract/facts/source-facts.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { ToolDescription } from '../../src/models/model-service.ts';
import type { AbsentTools, OutsideResult, OutsideTool, ToolListing, ToolSource } from '../../src/tools/tool-source.ts';
import { objectAt } from '../records/operations/fields.ts';
import { isObject } from '../support/json-value.ts';
import { visibleText } from '../support/visible-text.ts';
import { builtInTools } from './built-in.ts';
import { recall } from './definitions/read/recall.ts';
import { isGranted, isName, isOwn, mayBeGranted } from './grants.ts';
import { readsWithin } from './scope.ts';
import type { PreparedTool, Tool } from './tool.ts';

/** What the loop needs to know of a tool, wherever it lives. */
export type ToolTraits = Pick<Tool, 'name' | 'access' | 'policy'>;

export type CheckedCall =
  | {
      readonly kind: 'inside';
      readonly tool: ToolTraits;
      readonly run: Extract<PreparedTool, { readonly ok: true }>['run'];
    }
  | {
      readonly kind: 'outside';
      readonly tool: ToolTraits;
      readonly call: (signal: AbortSignal) => Promise<OutsideResult>;
    }
  /** `refusal` tells the model what is wrong and what would be right. */
  | { readonly kind: 'refused'; readonly refusal: string };

export interface Toolbox {
  /** The granted tools as a model is told of them, and \`recall\`; a name that is none just now is left out. */
  readonly descriptions: readonly ToolDescription[];
  /** Names in the grant of which there is no tool, and none can come from a server that is away. */
  readonly unknown: readonly string[];
  /** All tools there are just now, granted or not. */
  readonly all: readonly string[];
  /** Checks a call that a model asked for: is there such a tool, is it granted, do its arguments fit. */
  check(call: { readonly name: string; readonly arguments: string }): CheckedCall;
}

type Found =
  { readonly kind: 'inside'; readonly tool: Tool } | { readonly kind: 'outside'; readonly tool: OutsideTool };

// Granted with every loop: it shows what the loop has seen, and nothing else.
const loopTool = { kind: 'inside', tool: recall } as const satisfies Found;
const ownNames: ReadonlySet<string> = new Set(builtInTools.map((tool) => tool.name));

/** The arguments of a call as JSON; a call without any has none to be wrong. */
export function readArguments(text: string): { readonly ok: true; readonly value: Json } | { readonly ok: false } {
  try {
    // What JSON.parse returns is JSON.
    const value = text.trim() === '' ? {} : (JSON.parse(text) as Json);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

function refused(refusal: string): CheckedCall {
  return { kind: 'refused', refusal };
}

function misfit({ name, parameters }: Tool | OutsideTool, problems: readonly Problem[]): CheckedCall {
  const wrong = problems.map((problem) => `${problem.path}: ${problem.message}`).join('; ');
  const fields = Object.keys(objectAt(parameters, 'properties')).join(', ');
  return refused(`The arguments of ${name} don't fit: ${wrong}. Its fields are: ${fields}.`);
}

// A person who is asked must see all of what they consent to.
const mostConsentChars = 8_000;

/** Arguments as they will be read, for a person to see what runs: of a key that is there twice, the last counts. */
export function visibleArguments(args: Json): string {
  return visibleText(JSON.stringify(args));
}

function checkFound(found: Found, text: string): CheckedCall {
  const args = readArguments(text);
  if (!args.ok) return refused(`The arguments of ${found.tool.name} are no JSON object.`);
  const { length } = found.tool.policy === 'confirm' ? visibleArguments(args.value) : '';
  if (length > mostConsentChars)
    return refused(
      `The arguments of ${found.tool.name} have ${length} characters; the person is asked and reads all of them, so at most ${mostConsentChars} are taken. Make it shorter, or several calls.`,
    );
  if (found.kind === 'inside') {
    const prepared = found.tool.prepare(args.value);
    return prepared.ok ? { ...found, run: prepared.run } : misfit(found.tool, prepared.problems);
  }
  const { tool } = found;
  if (!isObject(args.value)) return refused(`The arguments of ${tool.name} are no JSON object.`);
  const values: JsonObject = args.value;
  const problems = tool.check(values);
  if (problems.length > 0) return misfit(tool, problems);
  return { ...found, call: async (signal) => await tool.call(values, signal) };
}

function absence(name: string, { granted, absent }: { granted: readonly string[]; absent: readonly AbsentTools[] }) {
  return mayBeGranted(granted, name) ? absent.find(({ prefix }) => name.startsWith(prefix)) : undefined;
}

/** Whether a call is of one of Steward's own tools, whatever servers there are. */
export function isOwnTool(name: string): boolean {
  return ownNames.has(name) || name === recall.name;
}

// Servers are asked only where a grant may mean one of their tools.
async function listOutside(source: ToolSource, granted: readonly string[]): Promise<ToolListing> {
  if (granted.every((grant) => ownNames.has(grant) || isOwn(grant))) return { tools: [], absent: [] };
  return await source.listTools();
}

export type Grant = { readonly granted: readonly string[]; readonly scope?: SourceScope | undefined };

/**
 * The tools that a step is granted, Steward's own and those from outside; of its own none that reads nothing but what is
 * outside the scope. Asks servers: never inside a transaction.
 */
export async function openToolbox(source: ToolSource, grant: Grant): Promise<Toolbox> {
  const { granted, scope = everySource } = grant;
  const { tools: outside, absent } = await listOutside(source, granted);
  const all: readonly Found[] = [
    ...builtInTools.map((tool) => ({ kind: 'inside', tool }) as const),
    ...outside.map((tool) => ({ kind: 'outside', tool }) as const),
  ];
  const known = new Set(all.map(({ tool }) => tool.name));
  const may = all.filter(
    (found) => isGranted(granted, found.tool) && (found.kind === 'outside' || readsWithin(found.tool.reads, scope)),
  );
  const byName = new Map([...may, loopTool].map((found) => [found.tool.name, found]));
  const shown = may.filter(({ tool }) => tool.policy !== 'deny');
  return {
    all: [...known],
    unknown: granted.filter(
      (name) => isName(name) && !known.has(name) && !absent.some(({ prefix }) => name.startsWith(prefix)),
    ),
    descriptions: [...shown, loopTool].map(({ tool: { name, description, parameters } }) => ({
      name,
      description,
      parameters,
    })),
    check(call) {
      const found = byName.get(call.name);
      if (found !== undefined) return checkFound(found, call.arguments);
      const away = absence(call.name, { granted, absent });
      if (away !== undefined) return refused(`The tool ${call.name} is not there just now: ${away.reason}`);
      const names = shown.map(({ tool }) => tool.name).join(', ');
      return refused(`There is no tool "${call.name.slice(0, 100)}". The tools are: ${names || 'none'}.`);
    },
  };
}
