import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { sourceKinds } from '../../../contract/facts/source-facts.ts';
import type { SourceKind } from '../../../contract/facts/source-facts.ts';
import { apiCommand, id } from '../../command.ts';
import { wholeNumber } from '../../flags.ts';
import { bold, dim, note, print, printJson } from '../../text/output.ts';

function readKinds(text: string): readonly SourceKind[] {
  return text.split(',').map((word) => {
    const kind = sourceKinds.find((known) => known === word.trim());
    if (kind !== undefined) return kind;
    throw new InvalidArgumentError(`Expected ${sourceKinds.join(', ')}, separated by commas.`);
  });
}

type Options = { readonly kinds?: readonly SourceKind[]; readonly project?: string; readonly limit: number };

export function searchCommand(): Command {
  return apiCommand<Options>({
    name: 'search',
    description: 'Find notes, tasks, projects, brain dumps and files by their words, best first',
    example: 'steward search landlord deposit --kinds note,file',
    run: async ({ api, json }, words, { kinds, project, limit }) => {
      const hits = await api.search({
        query: words.join(' '),
        limit,
        ...(kinds === undefined ? {} : { kinds }),
        ...(project === undefined ? {} : { projectId: project }),
      });
      if (json) {
        printJson(hits);
        return;
      }
      for (const { kind, id: found, title, excerpt } of hits) {
        print(`${bold(title === '' ? '(untitled)' : title)}  ${dim(`${kind} ${found}`)}`);
        print(`  ${excerpt.replaceAll(/\s+/g, ' ')}`);
      }
      if (hits.length === 0) note('Nothing found.');
    },
  })
    .argument('<words...>', 'what to look for; \'"a phrase"\' stays whole; put -- before -words to leave out')
    .option('--kinds <kinds>', `only these: ${sourceKinds.join(', ')}`, readKinds)
    .option('--project <id>', 'of one project', id)
    .option('--limit <n>', 'how many', wholeNumber({ min: 1, max: 100 }), 20);
}
