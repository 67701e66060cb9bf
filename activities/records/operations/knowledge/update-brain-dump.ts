import { changeFields } from '../change-fields.ts';

export const updateBrainDump = changeFields<'update_brain_dump', 'brain_dumps'>({
  noun: 'brain dump',
  table: 'brain_dumps',
  names: {
    status: 'status',
    title: 'title',
    aiSummary: 'ai_summary',
    aiInsights: 'ai_insights',
    parsedResults: 'parsed_results',
    projectId: 'project_id',
    tags: 'tags',
  },
  id: ({ payload }) => payload.brainDumpId,
  changes: ({ payload }) => payload.changes,
  result: (brainDumpId) => ({ brainDumpId }),
  // That a run is at it passes by itself: it is nothing that stands against a change, nor to be restored.
  seen: (fields) => (fields['status'] === 'processing' ? { ...fields, status: 'pending' } : fields),
});
