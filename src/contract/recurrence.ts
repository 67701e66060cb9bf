/** What happens at an instant of a schedule whose previous run goes on: `skip` it, or `start` another run beside it. */
export const overlaps = ['skip', 'start'] as const;
export type Overlap = (typeof overlaps)[number];

/** What happens to instants that passed while nothing ran: one run for the `latest` of them, or none (`skip`). */
export const catchUps = ['latest', 'skip'] as const;
export type CatchUp = (typeof catchUps)[number];

/** `finished` when no instant is left. */
export const scheduleStatuses = ['active', 'paused', 'finished'] as const;
export type ScheduleStatus = (typeof scheduleStatuses)[number];

// A start that is this late was not missed: a busy machine, a restart.
export const punctualMs = 60_000;

/** What is to be done about an instant that is due. */
export type Due = { readonly start: true } | { readonly start: false; readonly why: 'missed' | 'overlap' };

/** Whether an instant that is `lateMs` late leads to a run. */
export function decideDue(now: {
  readonly lateMs: number;
  readonly catchUp: CatchUp;
  readonly overlap: Overlap;
  readonly previousGoesOn: boolean;
}): Due {
  if (now.catchUp === 'skip' && now.lateMs > punctualMs) return { start: false, why: 'missed' };
  if (now.overlap === 'skip' && now.previousGoesOn) return { start: false, why: 'overlap' };
  return { start: true };
}
