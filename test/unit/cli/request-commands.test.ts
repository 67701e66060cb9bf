import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import type { Question } from '../../../src/contract/request.ts';
import { commandLines, describeRequest } from '../../../workflows/kernel/state/request-text.ts';

const base = { why: '', options: [] };
const questions: readonly Question[] = [
  { ...base, key: 'outcome', question: 'What?', kind: 'text', default: null },
  { ...base, key: 'where', question: 'Where?', kind: 'text', default: "at Anna's < $HOME" },
  { ...base, key: 'hours', question: 'How long?', kind: 'number', default: 6 },
  { ...base, key: 'action', question: 'And then?', kind: 'choice', options: ['raise', 'stop'], default: null },
];
const open = { requestId: 'id-1', kind: 'clarification', title: 'Some questions', questions, deadlineMs: 0 } as const;

/** The words that a shell makes of a command line. */
async function words(command: string): Promise<readonly string[]> {
  const { stdout } = await execa('bash', ['-c', `printf '%s\\0' ${command}`]);
  return stdout.split('\0').slice(0, -1);
}

function blocks(text: string): readonly string[] {
  return [...text.matchAll(/```\n([\s\S]*?)\n```/g)].map(([, block = '']) => block);
}

const answers = ['outcome=<text>', "where=at Anna's < $HOME", 'hours=6', 'action=raise'];
const value = { outcome: '<text>', where: "at Anna's < $HOME", hours: 6, action: 'raise' };

describe('the commands that answer a request', () => {
  test('are read by a shell as they are meant, on one line and broken into several', async () => {
    const [temporal = '', steward = ''] = commandLines(open, 'run-1');
    const [broken = '', brokenTemporal = ''] = blocks(describeRequest(open, 'run-1'));
    for (const command of [steward, broken])
      expect(await words(command)).toEqual(['steward', 'answer', 'id-1', ...answers]);
    for (const command of [temporal, brokenTemporal]) {
      const all = await words(command);
      const head = ['temporal', 'workflow', 'signal', '--workflow-id', 'run-1', '--name', 'answer', '--input'];
      expect(all.slice(0, -1)).toEqual(head);
      expect(JSON.parse(all.at(-1) ?? '')).toEqual({ requestId: 'id-1', value });
    }
  });

  test('approve an approval, which has no questions', async () => {
    const approval = { ...open, kind: 'approval', questions: [] } as const;
    const [temporal = '', steward = ''] = commandLines(approval, 'run-1');
    expect(steward).toBe('steward approve id-1');
    expect(JSON.parse((await words(temporal)).at(-1) ?? '')).toEqual({ requestId: 'id-1', decision: 'approve' });
    expect(describeRequest(approval, 'run-1')).not.toContain('\n- ');
  });
});
