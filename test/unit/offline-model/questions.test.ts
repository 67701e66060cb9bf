import { describe, expect, it } from 'vitest';
import { planWhole } from './support.ts';
import type { Sections } from './support.ts';

function asked(intent: string, more: Sections = {}): readonly string[] {
  return planWhole(intent, more).analysis.questions.map((question) => question.key);
}

describe('what is asked', () => {
  it('of one line without a date is the date, the outcome and its size', () => {
    expect(asked("Plan my sister's wedding")).toEqual(['deadline', 'outcome', 'guests']);
    expect(asked('Build a website for my bakery')).toEqual(['deadline', 'outcome', 'hours_per_week']);
  });

  it('leaves out what the line says already', () => {
    expect(asked("Plan my sister's wedding on 12 June 2027 for 80 guests")).toEqual(['outcome']);
    expect(asked('Learn Spanish by the end of May, 5 hours a week')).toEqual(['outcome']);
  });

  it('leaves out what was answered, whatever its key', () => {
    const answers = [{ key: 'deadline', question: 'By when must it be done?', answer: '2027-06-12' }];
    expect(asked("Plan my sister's wedding", { answers })).toEqual(['outcome', 'guests']);
    expect(
      asked('Learn Spanish', { answers: [{ key: 'q1', question: 'By when?', answer: '2027-06-12' }] }),
    ).not.toContain('deadline');
    const all = [
      ...answers,
      { key: 'outcome', question: 'What?', answer: 'A party in the garden' },
      { key: 'guests', question: 'How many?', answer: 40 },
    ];
    expect(asked("Plan my sister's wedding", { answers: all })).toEqual([]);
  });

  it('leaves out the deadline that the project or the context gives', () => {
    expect(
      asked('Learn Spanish', { project: { id: 'a', name: 'Spanish', endDate: '2027-05-31T21:59:00Z' } }),
    ).not.toContain('deadline');
    expect(asked('Learn Spanish', { context: 'It has to be done by 1 June 2027.' })).not.toContain('deadline');
  });

  it('is a new date when the one given is over', () => {
    expect(asked('Finish the report by 1 March 2020: collect figures, write the text, send it')).toEqual(['deadline']);
  });

  it('is put in the language of the text, with defaults of the asked kind', () => {
    const [question, , hours] = planWhole('Bitte eine neue Küche planen').analysis.questions;
    expect(question?.question).toBe('Bis wann muss es fertig sein?');
    expect(question?.default).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(Number(hours?.default)).toBeGreaterThan(0);
  });
});

describe('answers', () => {
  it('set the deadline and the hours a week', () => {
    const answers = [
      { key: 'deadline', question: 'By when?', answer: '2027-06-12' },
      { key: 'hours_per_week', question: 'Hours?', answer: 5 },
    ];
    expect(planWhole('Learn Spanish', { answers }).analysis).toMatchObject({ deadline: '2027-06-12', hoursPerWeek: 5 });
  });

  it('that name tasks replace the usual course', () => {
    const answers = [
      { key: 'outcome', question: 'What?', answer: 'Bake a cake (2h), write invitations and decorate the garden' },
    ];
    expect(planWhole("Plan my sister's birthday", { answers }).tasks.map((task) => task.title)).toEqual([
      'Bake a cake',
      'Write invitations',
      'Decorate the garden',
    ]);
  });
});
