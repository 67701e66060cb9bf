import type { ScheduleView } from '../../api/schedules-api.ts';
import { formatTime } from './format.ts';
import { bold, paint } from './output.ts';

function span({ from, until }: ScheduleView): string {
  return [from === null ? '' : ` from ${formatTime(from)}`, until === null ? '' : ` until ${formatTime(until)}`].join(
    '',
  );
}

/** Everything about a schedule in a few lines. */
export function describeSchedule(schedule: ScheduleView): string {
  const { cron, timeZone, overlap, catchUp, nextAt, lastRunAt, lastRunId, lastSkippedAt, lastError } = schedule;
  return [
    `${bold(schedule.name)}  ${paint(schedule.status)}`,
    `${schedule.type} · ${cron} (${timeZone})${span(schedule)} · overlap ${overlap} · catch up ${catchUp}`,
    `next ${formatTime(nextAt)}`,
    ...(lastRunAt === null ? [] : [`last run ${formatTime(lastRunAt)}: steward run ${lastRunId ?? ''}`]),
    ...(lastSkippedAt === null ? [] : [`skipped ${formatTime(lastSkippedAt)}`]),
    ...(lastError === null ? [] : [`${paint('failed')} ${lastError}`]),
  ].join('\n');
}
