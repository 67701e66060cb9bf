import { Marked } from 'marked';
import type { MarkedToken, Token, Tokens } from 'marked';
import { isMarkedDone, oneLine } from './clean.ts';
import { prepareLines } from './lines.ts';

/** An entry of a list; `text` keeps Markdown's code marks. */
export type Item = {
  readonly text: string;
  readonly number: number | null;
  readonly done: boolean;
  readonly children: readonly Item[];
};
/** What a plan can be read from; code, drawings, rules and HTML are left out. */
export type Block =
  | { readonly kind: 'heading'; readonly depth: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly bold: boolean }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Item[] }
  | { readonly kind: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

const parser = new Marked({ gfm: true, breaks: false });
const drawing = /[─│┌┐└┘├┤┬┴┼═║╔╗╚╝▼▲◄►↘↗]/u;
/** Marked's tokens as its own union: its `Token` also allows tokens of extensions, and none is installed here. */
function known(token: Token): MarkedToken {
  return token as MarkedToken;
}

function inlineText(tokens: readonly Token[] | undefined, fallback: string): string {
  if (tokens === undefined) return fallback;
  return tokens
    .map((raw): string => {
      const token = known(raw);
      if (token.type === 'codespan') return `\`${token.text}\``;
      if (token.type === 'br') return ' ';
      if (token.type === 'del') return `~~${inlineText(token.tokens, '')}~~`;
      if (token.type === 'html' || token.type === 'image' || token.type === 'checkbox') return '';
      if (token.type === 'strong') return `**${inlineText(token.tokens, '')}**`;
      if ('tokens' in token && token.tokens !== undefined) return inlineText(token.tokens, '');
      return 'text' in token ? token.text : '';
    })
    .join('');
}

function isWhollyBold(tokens: readonly Token[] | undefined): boolean {
  const parts = (tokens ?? []).filter((token) => !/^[\s:]*$/u.test(token.raw));
  return parts.length === 1 && parts[0]?.type === 'strong';
}

function readItem(item: Tokens.ListItem, number: number | null): Item {
  const own: string[] = [];
  const children: Item[] = [];
  for (const token of item.tokens.map(known)) {
    if (token.type === 'list') children.push(...readItems(token));
    else if (token.type === 'text' || token.type === 'paragraph') own.push(inlineText(token.tokens, token.text));
  }
  const text = oneLine(own.join(' '));
  return {
    text: text.replaceAll('~~', ''),
    number,
    done: item.checked === true || isMarkedDone(text) || /^~~.*~~$/u.test(text),
    children,
  };
}

function readItems(list: Tokens.List): readonly Item[] {
  const first = typeof list.start === 'number' ? list.start : 1;
  return list.items
    .map((item, position) => readItem(item, list.ordered ? first + position : null))
    .filter((item) => item.text !== '' || item.children.length > 0);
}

function readCells(row: readonly Tokens.TableCell[]): readonly string[] {
  return row.map((cell) => oneLine(inlineText(cell.tokens, cell.text)));
}

function readToken(raw: Token): readonly Block[] {
  const token = known(raw);
  switch (token.type) {
    case 'heading':
      return [{ kind: 'heading', depth: token.depth, text: oneLine(inlineText(token.tokens, token.text)) }];
    case 'list':
      return [{ kind: 'list', ordered: token.ordered, items: readItems(token) }];
    case 'table':
      return [{ kind: 'table', header: readCells(token.header), rows: token.rows.map(readCells) }];
    case 'blockquote':
      return token.tokens.flatMap(readToken);
    case 'paragraph':
    case 'text': {
      const text = inlineText(token.tokens, token.text);
      if (drawing.test(text) || oneLine(text) === '') return [];
      return [{ kind: 'paragraph', text, bold: isWhollyBold(token.tokens) }];
    }
    default:
      return [];
  }
}

/** Reads Markdown or plain text as blocks. Never throws: what the parser refuses is read as plain paragraphs. */
export function readBlocks(text: string): readonly Block[] {
  const source = prepareLines(text);
  try {
    return parser.lexer(source).flatMap(readToken);
  } catch {
    return source
      .split(/\n{2,}/u)
      .flatMap((part): readonly Block[] =>
        oneLine(part) === '' ? [] : [{ kind: 'paragraph', text: part, bold: false }],
      );
  }
}
