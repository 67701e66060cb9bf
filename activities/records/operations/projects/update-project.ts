import { changeFields } from '../change-fields.ts';

export const updateProject = changeFields<'update_project', 'projects'>({
  noun: 'project',
  table: 'projects',
  names: {
    name: 'name',
    description: 'description',
    executiveSummary: 'executive_summary',
    context: 'context',
    status: 'status',
    tags: 'tags',
    startDate: 'start_date',
    endDate: 'end_date',
  },
  id: ({ payload }) => payload.projectId,
  changes: ({ payload }) => payload.changes,
  result: (projectId) => ({ projectId }),
});
