import type { Json } from '../../../../contract/json.ts';
import { asText } from '../../json-values.ts';
import { capitalized, shortened } from '../../text/clean.ts';
import type { Sections } from '../answerer.ts';
import { worthKeeping } from './reading/cues.ts';
import { bare } from './reading/kinds.ts';
import type { Setting } from './reading/kinds.ts';
import { projectFor } from './places.ts';
import { readDump } from './reading/read-dump.ts';
import type { Reading } from './reading/read-dump.ts';
import { undertakingOf } from './reading/undertakings.ts';
import type { Thought } from './reading/read-tasks.ts';
import { isUnwanted, readWishes } from './revise.ts';

const mostInsights = 8;
const ideaLabel =
  /^(?:(?:new |crazy |random |business |another |neue |verrückte |weitere )*ide(?:as?|en?)|thought)\s*[:–—-]\s*/iu;
const labels = { en: { low: 'Weighs on you', high: 'Is good' }, de: { low: 'Belastet', high: 'Tut gut' } } as const;

type Fact = {
  readonly kind: 'project' | 'person' | 'note';
  readonly title: string;
  readonly text: string;
  readonly quote: string;
  readonly project: string | null;
  readonly field: string | null;
  readonly category: string | null;
  readonly confidence: number;
};

function textOf(quote: string, { language }: Setting): string {
  return capitalized(bare(quote, language).replace(ideaLabel, '').trim());
}

function factOf({ segment, kind }: Thought, sections: Sections, { setting, undertakings }: Reading): readonly Fact[] {
  const text = textOf(segment.quote, setting);
  const near =
    projectFor(segment.quote, sections) ?? (segment.heading === null ? null : projectFor(segment.heading, sections));
  const base = {
    title: shortened(text.replace(/[.!]+$/u, ''), 80),
    text,
    quote: segment.quote,
    project: near?.id ?? null,
    field: null,
    category: null,
  };
  if (kind.kind === 'idea') return [{ ...base, kind: 'note', category: 'idea', confidence: 0.95 }];
  if (kind.kind === 'person') return [{ ...base, kind: 'person', project: null, field: kind.field, confidence: 0.9 }];
  if (kind.kind !== 'fact') return [];
  const own = near === null ? undertakingOf(segment, undertakings) : null;
  const name = undertakings.find(({ key }) => key === own?.key)?.name;
  if (name !== undefined && text.split(' ').length >= 3)
    return [{ ...base, kind: 'project', project: name, confidence: own?.guessed === true ? 0.8 : 0.9 }];
  if (near !== null && text.split(' ').length >= 4)
    return [{ ...base, kind: 'project', confidence: near.guessed ? 0.75 : 0.9 }];
  return worthKeeping.test(segment.quote) ? [{ ...base, kind: 'note', category: 'fact', confidence: 0.9 }] : [];
}

function insightOf({ segment, kind }: Thought, { language }: Setting): readonly string[] {
  if (kind.kind !== 'feeling') return [];
  return [`${labels[language][kind.low ? 'low' : 'high']}: “${shortened(segment.quote, 200)}”`];
}

/** Answers `context`: what is worth knowing beside the tasks. */
export function answerContext(sections: Sections): Json {
  const reading = readDump(asText(sections['intent']), sections);
  const { thoughts, setting } = reading;
  const wishes = readWishes(sections, setting);
  const facts = thoughts
    .flatMap((thought) => factOf(thought, sections, reading))
    .filter((fact) => !isUnwanted(fact.text, wishes));
  return {
    facts: facts.filter((fact) => !(wishes.noNotes && fact.kind === 'note')).slice(0, 120),
    insights: thoughts.flatMap((thought) => insightOf(thought, setting)).slice(0, mostInsights),
  };
}
