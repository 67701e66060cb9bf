import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { isFinished } from '../contract/run.ts';
import { connect } from './context.ts';
import type { GlobalOptions } from './context.ts';
import { shorten } from './text/format.ts';
import { print } from './text/output.ts';

type Candidate = { readonly value: string; readonly description: string };
type Source = (api: Awaited<ReturnType<typeof connect>>) => Promise<readonly Candidate[]>;

const patienceMs = 1_000;

const types: Source = async (api) =>
  (await api.listWorkflowTypes()).map(({ name, title }) => ({ value: name, description: title }));

function runs(fits: (finished: boolean) => boolean): Source {
  return async (api) => {
    const { items } = await api.listRuns({ limit: 50 });
    const fitting = items.filter((run) => fits(isFinished(run.status)));
    return fitting.map((run) => ({ value: run.id, description: `${run.status} ${shorten(run.name, 40)}` }));
  };
}

function requests(approvals: boolean): Source {
  return async (api) => {
    const { items } = await api.listRequests({ open: true, limit: 50 });
    const fitting = items.filter((request) => (request.kind === 'approval') === approvals);
    return fitting.map((request) => ({ value: request.id, description: shorten(request.title, 60) }));
  };
}

const anyRun = runs(() => true);
const openRun = runs((finished) => !finished);

// What the first argument of a command is, by the command's name.
const sources: Readonly<Record<string, Source>> = {
  start: types,
  types,
  estimate: types,
  run: anyRun,
  steps: anyRun,
  retry: anyRun,
  rerun: anyRun,
  pause: openRun,
  resume: openRun,
  stop: openRun,
  cancel: openRun,
  context: openRun,
  budget: openRun,
  answer: requests(false),
  approve: requests(true),
  reject: requests(true),
};

async function look(source: Source, globals: GlobalOptions): Promise<readonly Candidate[]> {
  const late = new Promise<readonly Candidate[]>((resolve) => {
    setTimeout(() => resolve([]), patienceMs).unref();
  });
  try {
    return await Promise.race([connect(globals).then(source), late]);
  } catch {
    // No Steward here, or it is away: a completion without candidates, and no noise on the command line.
    return [];
  }
}

function valueAfter(words: readonly string[], flag: string): string | undefined {
  const at = words.indexOf(flag);
  return at === -1 ? undefined : words[at + 1];
}

function globalsIn(words: readonly string[]): GlobalOptions {
  const url = valueAfter(words, '--url');
  const token = valueAfter(words, '--token');
  const dataDir = valueAfter(words, '--data-dir');
  return {
    ...(url === undefined ? {} : { url }),
    ...(token === undefined ? {} : { token }),
    ...(dataDir === undefined ? {} : { dataDir }),
  };
}

// The completion for bash calls this one function of the bash-completion package, which not every machine has.
const bashPrelude = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD
    cur=\${words[cword]}; prev=\${words[cword-1]}
  }
fi`;

/**
 * `steward complete <shell>` prints the completion of a shell; `steward complete -- …` is what it calls. Ids and workflow
 * types are asked of the gateway then, and only then.
 */
export async function addCompletion(program: Command, words: readonly string[]): Promise<void> {
  const root = tab(program);
  if (words[0] !== 'complete') return;
  if (words[1] === 'bash') print(bashPrelude);
  if (words[1] !== '--') return;
  const typed = words.slice(2);
  const name = typed.find((word) => word in sources);
  const source = name === undefined ? undefined : sources[name];
  if (name === undefined || source === undefined) return;
  const candidates = await look(source, globalsIn(typed));
  const [first] = program.commands.find((command) => command.name() === name)?.registeredArguments ?? [];
  if (first === undefined) return;
  root.commands.get(name)?.argument(first.name(), (complete) => {
    for (const { value, description } of candidates) complete(value, description);
  });
}
