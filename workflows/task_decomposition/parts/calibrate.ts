import type { SplitPart } from '../contract.ts';
import { formatRange, scaleRange, toRange } from '../durations.ts';
import type { Range } from '../durations.ts';
import { calibrate } from '../target/history.ts';
import type { finishedWork } from '../target/history.ts';

export type Finished = ReturnType<typeof finishedWork>;

/** A part's range as finished work corrects it, and the reason for it with what that work took. */
export function calibrateRange(
  part: Pick<SplitPart, 'title' | 'minutes' | 'reason'>,
  finished: Finished,
): { readonly minutes: Range; readonly reason: string } {
  const estimated = toRange(part.minutes);
  const history = calibrate(finished, part.title);
  const minutes = scaleRange(estimated, history.factor);
  const before = minutes.likely === estimated.likely ? '' : ` Estimated: ${formatRange(estimated)}.`;
  const said = history.reason === null ? '' : ` ${history.reason}${before}`;
  return { minutes, reason: `${formatRange(minutes)}: ${part.reason.replace(/\s*[.]?\s*$/u, '.')}${said}` };
}
