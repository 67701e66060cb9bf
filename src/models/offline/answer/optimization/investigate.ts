import type { TaughtAgent } from '../answerer.ts';
import { answerDiagnose } from './diagnose.ts';
import { readOptimization } from './request.ts';

const mostReads = 3;

/** Reads the tasks that the worst findings are about, then explains the findings. */
export const investigate: TaughtAgent = {
  reads: (sections) => {
    const ids = readOptimization(sections).findings.flatMap((finding) => finding.taskIds.slice(0, 1));
    return [...new Set(ids)]
      .slice(0, mostReads)
      .map((id) => ({ name: 'read_source', arguments: { kind: 'task', id, offset: 0, limit: 4_000 } }));
  },
  finish: answerDiagnose,
};
