import { changeFields } from '../change-fields.ts';

export const updatePhase = changeFields<'update_phase', 'phases'>({
  noun: 'phase',
  table: 'phases',
  names: { name: 'name', description: 'description', order: 'order', startDate: 'start_date', endDate: 'end_date' },
  id: ({ payload }) => payload.phaseId,
  changes: ({ payload }) => payload.changes,
  result: (phaseId) => ({ phaseId }),
});
