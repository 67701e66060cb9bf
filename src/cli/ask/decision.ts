import type { ProposalView } from '../../contract/views.ts';
import type { DecideParams } from '../../api/runs-api.ts';
import { describeProposal } from '../text/proposal-text.ts';
import { askChoice, askSome, askText } from './terminal.ts';
import type { Terminal } from './terminal.ts';

// A part of a longer proposal is approved by ids: `steward approve <request> --except …`.
const choices = [
  { value: 'all', label: 'Approve all of it' },
  { value: 'some', label: 'Approve a part', hint: 'choose what to leave out' },
  { value: 'reject', label: 'Reject it', hint: 'say what should be different; it is planned anew' },
  { value: 'look', label: 'Show every operation first' },
  { value: 'later', label: 'Decide later' },
];

type Asked = Omit<DecideParams, 'requestId'>;

async function askPart(terminal: Terminal, proposal: ProposalView): Promise<Asked> {
  const refused = await askSome(
    terminal,
    'What to leave out? What needs it is left out too. (space marks, enter is done)',
    proposal.operations.map(({ id, title }) => ({ value: id, label: `${id}  ${title}` })),
  );
  return { decision: 'approve', digest: proposal.digest, except: refused };
}

async function askRejection(terminal: Terminal, proposal: ProposalView): Promise<Asked> {
  const comment = await askText(terminal, {
    message: 'What should be different? (empty: just reject)',
    standard: '',
    check: () => undefined,
  });
  return { decision: 'reject', digest: proposal.digest, ...(comment.trim() === '' ? {} : { comment }) };
}

/** Asks what to do with a proposal; null means later. Throws `Cancelled` when the person backs out. */
export async function askDecision(terminal: Terminal, proposal: ProposalView): Promise<Asked | null> {
  // Nobody picks from a list that does not fit: the command takes ids.
  const whole = proposal.nextCursor === null;
  const offered = whole ? choices : choices.filter(({ value }) => value !== 'some');
  for (;;) {
    switch (await askChoice(terminal, `${proposal.title}: ${proposal.summary}`, { choices: offered })) {
      case 'all':
        return { decision: 'approve', digest: proposal.digest };
      case 'some':
        return await askPart(terminal, proposal);
      case 'reject':
        return await askRejection(terminal, proposal);
      case 'look':
        terminal.output.write(`${describeProposal(proposal)}\n`);
        break;
      default:
        return null;
    }
  }
}
