import type { UndoParams, Undone } from '../../activities/records/api.ts';
import { undoBoth } from './steps/apply.ts';

/** Takes an applied proposal back, durably and once: its workflow id is made of the proposal's. */
export async function undo_proposal(params: UndoParams): Promise<Undone> {
  return await undoBoth(params);
}
