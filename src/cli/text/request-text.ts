import type { Question } from '../../contract/request.ts';
import type { RequestView } from '../../contract/views.ts';
import { formatTime } from './format.ts';
import { bold, dim } from './output.ts';

function describeQuestion(question: Question): string {
  const choices = question.options.length === 0 ? question.kind : question.options.join(' | ');
  const standard = question.default === null ? '' : `, default ${String(question.default)}`;
  const why = question.why === '' ? '' : dim(` — ${question.why}`);
  return `  ${question.key} (${choices}${standard}): ${question.question}${why}`;
}

/** The questions of a request, one a line, each with its key, type and default. */
export function describeQuestions(request: RequestView): string {
  return request.questions.map(describeQuestion).join('\n');
}

/** What is asked, until when, and the exact command that answers it. */
export function describeRequest(request: RequestView): string {
  const deadline =
    request.deadline === null ? '' : dim(` (until ${formatTime(request.deadline)}, then: ${request.onDeadline})`);
  const head = `${bold(`? ${request.title}`)}${deadline}`;
  const body = request.body === null || request.kind === 'clarification' ? [] : [`  ${request.body}`];
  if (request.kind === 'approval') {
    return [
      head,
      ...body,
      `  look:    steward proposal ${request.proposalId ?? ''}`,
      `  approve: steward approve ${request.id}   (in part: --except <operation> …)`,
      `  reject:  steward reject ${request.id} --comment "why"`,
    ].join('\n');
  }
  const fields = request.questions.map((question) => `${question.key}=…`).join(' ');
  return [head, ...body, describeQuestions(request), `  answer:  steward answer ${request.id} ${fields}`].join('\n');
}
