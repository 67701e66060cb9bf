import type { Json, JsonObject } from '../../../../contract/json.ts';
import { asList, asObject, asText, parseJson } from '../../json-values.ts';
import { takeTurn } from '../../generic/tools.ts';
import type { Turn } from '../../generic/tools.ts';
import type { ChatRequest } from '../../request-body.ts';
import { shortened } from '../../text/clean.ts';
import type { Sections } from '../answerer.ts';
import { offlineName } from '../phrases.ts';
import { askedOf } from './extract.ts';
import { bestSentences } from './sentences.ts';
import { translations } from './words.ts';

type Made = { readonly name: string; readonly args: JsonObject; readonly result: string };

const mostReads = 3;
const mostOutside = 3;
const mostQuotes = 6;
const outsideMark = '__';

function read(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

/** The calls that were made so far, with what they brought. */
function madeCalls(request: ChatRequest): readonly Made[] {
  const results = new Map(
    request.messages.flatMap((message) =>
      message.toolCallId === null ? [] : ([[message.toolCallId, message.text]] as const),
    ),
  );
  return request.messages
    .flatMap((message) => message.toolCalls)
    .map(({ id, name, arguments: args }) => ({ name, args: asObject(read(args)), result: results.get(id) ?? '' }));
}

function call(name: string, args: JsonObject, why: string): Turn {
  return { kind: 'call', call: { name, arguments: args }, reasoning: `${offlineName}: ${why}` };
}

/** Other words than those that were searched: the other language's, and single ones. */
function otherWords(sections: Sections): string {
  const words = asList(asObject(sections['sub_question'])['words']).map(asText);
  const others = translations(words);
  return shortened([...others, ...words.slice(0, 4)].join(' '), 300);
}

/** The search's arguments that keep it within what the goal allows. */
function scopeOf(sections: Sections): JsonObject {
  const { kinds, projectId } = asObject(sections['parameters']);
  return { ...(kinds === undefined ? {} : { kinds }), ...(typeof projectId === 'string' ? { projectId } : {}) };
}

function nextRead(sections: Sections, made: readonly Made[]): Turn | null {
  const reads = made.filter(({ name }) => name === 'read_source').map(({ args }) => asText(args['id']));
  if (reads.length >= mostReads) return null;
  const quoted = asList(sections['sources']).map((each) => asText(asObject(each)['id']));
  const hits = made.filter(({ name }) => name === 'search_records').flatMap(({ result }) => asList(read(result)));
  const next = hits.map(asObject).find((hit) => ![...reads, ...quoted].includes(asText(hit['id'])));
  if (next === undefined) return null;
  const args = { kind: asText(next['kind']), id: asText(next['id']) };
  return call('read_source', args, `"${asText(next['title'])}" was found and not read yet.`);
}

/** A tool from outside that the goal's words speak for. */
function nextOutside(request: ChatRequest, made: readonly Made[]): Turn | null {
  if (made.filter(({ name }) => name.includes(outsideMark)).length >= mostOutside) return null;
  const tools = request.tools.filter(({ name }) => name.includes(outsideMark));
  if (tools.length === 0) return null;
  const turn = takeTurn({ ...request, tools });
  return turn.kind === 'call' ? turn : null;
}

function finish(sections: Sections, made: readonly Made[]): Turn {
  const records = made
    .filter(({ name }) => name === 'read_source')
    .map(({ args, result }) => ({
      source: `${asText(args['kind'])} ${asText(args['id'])}`,
      text: asText(asObject(read(result))['text']),
    }));
  const answers = made
    .filter(({ name }) => name.includes(outsideMark))
    .map(({ name, result }) => ({ source: `tool ${name}`, text: result }));
  const quotes = bestSentences([...records, ...answers], {
    ...askedOf(sections),
    most: mostQuotes,
    mostOfOne: mostReads,
  });
  const evidence = quotes.map(({ source, quote }) => {
    const [kind = '', id = ''] = source.split(' ');
    return { kind, source: id, quote };
  });
  const missing = evidence.length > 0 ? '' : 'Nothing that was read shares enough words with the sub-question.';
  return call('finish', { evidence, missing }, 'nothing more to read; it ends with what it can quote.');
}

/** A turn of the agent `gather`: search by other words, read what is new, ask tools from outside, then quote. */
export function gatherTurn(request: ChatRequest, sections: Sections): Turn {
  const made = madeCalls(request);
  const names = new Set(request.tools.map(({ name }) => name));
  if (names.has('search_records') && !made.some(({ name }) => name === 'search_records'))
    return call(
      'search_records',
      { query: otherWords(sections), limit: 5, ...scopeOf(sections) },
      'other words may find other sources.',
    );
  const reading = names.has('read_source') ? nextRead(sections, made) : null;
  return reading ?? nextOutside(request, made) ?? finish(sections, made);
}
