import { describe, expect, it } from 'vitest';
import { readProblem, toError } from '../../../src/api/http/problem.ts';
import { StewardError, errorCodes, invalidInput } from '../../../src/contract/errors.ts';
import { HttpError } from '../../../src/gateway/errors/http-error.ts';
import { toProblem } from '../../../src/gateway/errors/problem.ts';
import { problemView } from '../../../src/schemas/views/problem.ts';

describe('a problem document', () => {
  it('brings every code that is not a fault of the server back to the client with its message and details', () => {
    for (const code of errorCodes) {
      const { status, body } = toProblem(new StewardError(code, 'Because.', { details: { one: 1 } }), 'request-1');
      expect(problemView.safeParse(body).success).toBe(true);
      const back = readProblem(JSON.stringify(body));
      expect(back?.code).toBe(code);
      expect([code, back?.details]).toEqual([code, status === 500 ? {} : { one: 1 }]);
    }
  });

  it('names every wrong field', () => {
    const problems = [
      { path: 'input.a', message: 'is missing' },
      { path: 'input.b', message: 'is wrong' },
    ];
    const { status, body } = toProblem(invalidInput(problems), 'request-1');
    expect([status, body.type, body['problems'], body.instance]).toEqual([
      422,
      '/problems/invalid-input',
      problems,
      'request-1',
    ]);
  });

  it('lets no detail overwrite its own members', () => {
    const { body } = toProblem(
      new StewardError('conflict', 'Because.', { details: { status: 200, code: 'x' } }),
      'request-1',
    );
    expect([body.status, body.code]).toEqual([409, 'conflict']);
  });

  it('says nothing of what is unexpected', () => {
    const { status, body } = toProblem(new TypeError('secret host db.internal'), 'request-1');
    expect([status, body.code, JSON.stringify(body).includes('db.internal')]).toEqual([500, 'internal', false]);
  });

  it('keeps the status and headers of an exchange that failed as such', () => {
    const { status, headers } = toProblem(
      new HttpError('invalid_input', 'No.', { status: 405, headers: { Allow: 'GET' } }),
      'request-1',
    );
    expect([status, headers]).toEqual([405, { Allow: 'GET' }]);
  });
});

describe('an answer that is no problem document', () => {
  it('is read by its status', async () => {
    const codes = [401, 404, 502, 503, 504, 418].map(
      async (status) => (await toError(new Response('<html>', { status }))).code,
    );
    expect(await Promise.all(codes)).toEqual([
      'unauthorized',
      'not_found',
      'unavailable',
      'unavailable',
      'unavailable',
      'internal',
    ]);
  });
});
