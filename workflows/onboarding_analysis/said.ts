import type { Problem } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import { isList } from '../../src/contract/json.ts';
import type { Json } from '../../src/contract/json.ts';

function flatten(value: Json): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.map(flatten).join('\n');
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${flatten(inner ?? null)}`)
    .join('\n');
}

/** Everything the person said, as one text: what they wrote, their answers, what they added. */
function saidText(facts: FactSheet): string {
  const { userPrompt = null, context = null } = facts.input;
  const answers = facts.answers.map(({ answer }) => String(answer));
  return [flatten(userPrompt), flatten(context), ...answers, ...facts.addedContext]
    .filter((text) => text !== '')
    .join('\n');
}

function folded(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase();
}

/** A problem for each quote that the person never said. Line breaks and case don't count. */
export function quoteProblems(
  facts: FactSheet,
  quotes: readonly { readonly path: string; readonly quote: string }[],
): readonly Problem[] {
  const said = folded(saidText(facts));
  return quotes
    .filter(({ quote }) => !said.includes(folded(quote)))
    .map(({ path, quote }) => ({
      path,
      message: `"${quote.slice(0, 200)}" is not what was said; quote word for word`,
    }));
}
