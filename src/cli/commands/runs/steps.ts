import type { Command } from 'commander';
import type { StewardApi } from '../../../api/steward-api.ts';
import type { StepView } from '../../../contract/views.ts';
import { apiCommand, id, required } from '../../command.ts';
import { wholeNumber } from '../../flags.ts';
import { formatUsd, shorten } from '../../text/format.ts';
import { dim, paint, print, printJson } from '../../text/output.ts';
import { printTable } from '../../text/table.ts';

type StepsOptions = { readonly after: number; readonly reasons?: boolean };

const page = 200;
const columns = [
  { title: '#' },
  { title: 'status' },
  { title: 'phase', optional: true },
  { title: 'step', flexible: true },
  { title: 'model', optional: true },
  { title: 'tokens' },
  { title: 'cost' },
  { title: 'error', flexible: true },
];

async function allSteps(api: StewardApi, runId: string, first: number): Promise<readonly StepView[]> {
  const steps: StepView[] = [];
  for (let after = first; ;) {
    const { items } = await api.listSteps({ runId, after, limit: page });
    steps.push(...items);
    const last = items.at(-1);
    if (last === undefined || items.length < page) return steps;
    after = last.number;
  }
}

/** Why a step's model was asked, as a line; nothing where none was. */
function choiceLine({ choice, cached }: StepView): string {
  if (cached) return 'answered from the cache\n';
  return choice === null ? '' : `${choice.model} (${choice.complexity}): ${choice.reason}\n`;
}

function row(step: StepView): readonly string[] {
  return [
    String(step.number),
    paint(step.status),
    step.phase,
    shorten(step.title, 100),
    step.model ?? '',
    step.tokens === 0 ? '' : String(step.tokens),
    step.model === null ? '' : `${formatUsd(step.costUsd)}${step.cached ? ' cached' : ''}`,
    shorten(step.error ?? '', 200),
  ];
}

export function stepsCommand(): Command {
  return apiCommand<StepsOptions>({
    name: 'steps',
    description: "Show a run's decision history",
    example: 'steward steps 01a1fdbc-0522-761d-9caf-d1bebf73e2ee --reasons',
    run: async ({ api, json }, args, options) => {
      const steps = await allSteps(api, required(args, 0, 'run'), options.after);
      if (json) printJson(steps);
      else if (options.reasons === true) {
        for (const step of steps)
          print(`${step.number}  ${step.title}\n${dim(`${choiceLine(step)}${step.reasoning ?? step.error ?? '–'}`)}\n`);
      } else {
        printTable(columns, steps.map(row), 'No steps yet.');
      }
    },
  })
    .argument('<run>', 'id of the run', id)
    .option('--after <number>', 'only steps after this one', wholeNumber({ min: 0 }), 0)
    .option('--reasons', 'with the reasoning of each, and why its model was asked');
}
