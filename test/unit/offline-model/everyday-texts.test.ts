import { describe, expect, it } from 'vitest';
import { everydayTexts } from './everyday-texts.ts';
import { orderOf, planWhole } from './support.ts';

describe.each(everydayTexts)('a plan from $name', ({ text, phases, tasks, deadline, due, minutes, hard }) => {
  const whole = planWhole(text);

  it('has the tasks a careful reader finds, in order', () => {
    expect(whole.tasks.map((task) => task.title)).toEqual(tasks);
    if (phases !== undefined) expect(whole.phases.map((phase) => phase.name)).toEqual(phases);
  });

  it('has the dates and durations the text gives', () => {
    expect(whole.analysis.deadline).toBe(deadline);
    expect(
      whole.tasks.filter((task) => task.deadline !== null).map((task) => `${task.title} ${task.deadline}`),
    ).toEqual(due ?? []);
    for (const [title, expected] of Object.entries(minutes ?? {})) {
      expect([title, whole.tasks.find((task) => task.title === title)?.durationMinutes]).toEqual([title, expected]);
    }
  });

  it('has the order the text states', () => {
    expect(orderOf(whole, 'hard')).toEqual(expect.arrayContaining([...(hard ?? [])]));
  });

  it('asks nothing, since the text names its tasks', () => {
    expect(whole.analysis.questions).toEqual([]);
  });

  it('names the offline model in what people read', () => {
    for (const shown of [whole.plan.reasoning, whole.analysis.assumptions.join(' '), whole.markdown])
      expect(shown).toMatch(/offline model|Offline-Modell/);
  });
});
