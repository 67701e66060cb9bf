import type { Question } from '../../contract/request.ts';
import type { RequestView } from '../../contract/views.ts';
import { formatTime } from './format.ts';
import { bold, dim } from './output.ts';

function describeQuestion(question: Question, said: string | null): string {
  const choices = question.options.length === 0 ? question.kind : question.options.join(' | ');
  const standard = question.default === null ? '' : `, default ${String(question.default)}`;
  const why = question.why === '' || question.why === said ? '' : dim(` — ${question.why}`);
  return `  ${question.key} (${choices}${standard}): ${question.question}${why}`;
}

/** The questions of a request, one a line, each with its key, type and default; `said` is not repeated as a reason. */
export function describeQuestions(request: RequestView, said: string | null = null): string {
  return request.questions.map((question) => describeQuestion(question, said)).join('\n');
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
  return [
    head,
    ...body,
    describeQuestions(request, request.body),
    `  answer:  steward answer ${request.id} ${fields}`,
  ].join('\n');
}
