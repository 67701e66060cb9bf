import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chosenOperations } from '../../../src/cli/commands/review/approve.ts';
import { readAnswer } from '../../../src/cli/commands/review/answer.ts';
import {
  amount,
  instant,
  instantOrDay,
  noneAsNull,
  orNone,
  parseObject,
  parsePair,
  wholeNumber,
} from '../../../src/cli/flags.ts';
import type { Question } from '../../../src/contract/request.ts';
import type { OperationView, ProposalView, RequestView } from '../../../src/contract/views.ts';

function question(key: string): Question {
  return { key, question: `${key}?`, why: '', kind: 'text', options: [], default: null };
}

function request(...keys: string[]): RequestView {
  return {
    id: 'request',
    runId: 'run',
    runName: 'Run',
    kind: 'clarification',
    status: 'open',
    title: 'Some questions',
    body: null,
    questions: keys.map(question),
    schema: null,
    proposalId: null,
    digest: null,
    deadline: null,
    onDeadline: 'default',
    answer: null,
    decision: null,
    comment: null,
    createdAt: '2026-11-21T00:00:00.000Z',
    closedAt: null,
  };
}

function operation(id: string, requires: readonly string[] = []): OperationView {
  const rest = { position: 0, kind: 'create_task', title: id, reason: '', payload: null, before: null, error: null };
  return { id, requires, status: 'proposed', ...rest };
}

const proposal: ProposalView = {
  id: 'p',
  runId: 'r',
  requestId: 'q',
  revision: 1,
  digest: 'd',
  status: 'open',
  title: 'Plan',
  summary: '',
  notes: [],
  counts: { create_task: 3 },
  statuses: { proposed: 3 },
  operationCount: 3,
  nextCursor: null,
  operations: [operation('project'), operation('task-1', ['project']), operation('event-1', ['task-1'])],
  createdAt: '2026-11-21T00:00:00.000Z',
  decidedAt: null,
  appliedAt: null,
  undoneAt: null,
};

describe('numbers and times', () => {
  test('a whole number within bounds is read as it is written, anything else refused', () => {
    const read = wholeNumber({ min: 1, max: 10 });
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), (value) => {
        if (value >= 1 && value <= 10) expect(read(String(value))).toBe(value);
        else expect(() => read(String(value))).toThrow('from 1 to 10');
      }),
    );
    for (const text of ['', ' ', '1e1', '0x5', '٣', '5.0', 'Infinity', '5 6'])
      expect(() => read(text)).toThrow('from 1 to 10');
  });

  test('an amount is a finite number of 0 or more, and none lifts a limit', () => {
    expect([amount('0'), amount('2.50')]).toEqual([0, 2.5]);
    for (const text of ['', '-1', 'NaN', 'Infinity', '1,5', 'ten']) expect(() => amount(text)).toThrow('0 or more');
    expect([orNone(amount)('none'), orNone(amount)('1')]).toEqual(['none', 1]);
    expect(noneAsNull({ maxCost: 'none', maxSteps: 3 })).toEqual({ maxCost: null, maxSteps: 3 });
  });

  test('a time has a zone; a day does where days are asked for', () => {
    expect(instant('2026-12-01T09:00:00+01:00')).toBe('2026-12-01T09:00:00+01:00');
    expect(instantOrDay('2026-12-01')).toBe('2026-12-01');
    for (const text of ['2026-12-01T09:00', '2026-12-01', '01.12.2026', '2026-12-32T00:00:00Z']) {
      expect(() => instant(text)).toThrow('ISO 8601');
    }
  });
});

describe('pairs and objects', () => {
  test('a value is JSON where it is, else text, and keeps its own equals signs', () => {
    expect(parsePair('maxRevisions=2', '--option')).toEqual(['maxRevisions', 2]);
    expect(parsePair('note=a=b', '--option')).toEqual(['note', 'a=b']);
    expect(parsePair('note=', '--option')).toEqual(['note', '']);
    expect(() => parsePair('=2', '--option')).toThrow('--option: expected key=value, got "=2"');
  });

  test.each(['[1]', '"text"', 'null', '{"half', ''])('%s is no JSON object', (text) => {
    expect(() => parseObject(text, '--input')).toThrow('--input');
  });
});

describe('an answer', () => {
  test('to one question may be words without its key, equals signs included', () => {
    expect(readAnswer(['pack', 'boxes'], request('outcome'))).toBe('pack boxes');
    expect(readAnswer(['a=b'], request('outcome'))).toBe('a=b');
    expect(readAnswer(['outcome=a=b'], request('outcome'))).toEqual({ outcome: 'a=b' });
  });

  test('to several questions names each', () => {
    expect(readAnswer(['a=1', 'b='], request('a', 'b'))).toEqual({ a: '1', b: '' });
    expect(() => readAnswer(['1'], request('a', 'b'))).toThrow('expected key=value, got "1"');
  });
});

describe('an approval in part', () => {
  test('leaves out what needs what was refused', () => {
    expect(chosenOperations(proposal, { except: ['task-1'] })).toEqual(['project']);
    expect(chosenOperations(proposal, {})).toEqual(['project', 'task-1', 'event-1']);
    expect(chosenOperations(proposal, { only: ['project'] })).toEqual(['project']);
  });

  test('names ids that are not there, and refuses both ways at once', () => {
    expect(() => chosenOperations(proposal, { except: ['task-9'] })).toThrow('--except: the proposal has no task-9');
    expect(() => chosenOperations(proposal, { only: ['project'], except: ['task-1'] })).toThrow('one of the two');
  });
});
