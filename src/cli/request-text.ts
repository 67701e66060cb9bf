import type { RequestView } from '../contract/views.ts';
import { bold, dim, formatTime } from './output.ts';

/** What is asked, until when, and the exact command that answers it. */
export function describeRequest(request: RequestView): string {
  const deadline = request.deadline === null ? '' : dim(` (until ${formatTime(request.deadline)}, then: ${request.onDeadline})`);
  const head = `${bold(`? ${request.title}`)}${deadline}`;
  if (request.kind === 'approval') {
    const body = request.body === null ? [] : [`  ${request.body}`];
    return [
      head,
      ...body,
      `  look:    steward proposal ${request.proposalId ?? ''}`,
      `  approve: steward approve ${request.id}   (in part: --except event-2 task-5)`,
      `  reject:  steward reject ${request.id} --comment "why"`,
    ].join('\n');
  }
  const questions = request.questions.map((question) => {
    const choices = question.options.length === 0 ? question.kind : question.options.join(' | ');
    const standard = question.default === null ? '' : `, default ${String(question.default)}`;
    return `  ${question.key} (${choices}${standard}): ${question.question}${question.why === '' ? '' : dim(` — ${question.why}`)}`;
  });
  const fields = request.questions.map((question) => `${question.key}=…`).join(' ');
  return [head, ...questions, `  answer:  steward answer ${request.id} ${fields}`].join('\n');
}
