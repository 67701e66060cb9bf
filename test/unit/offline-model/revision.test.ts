import { describe, expect, it } from 'vitest';
import { phaseTasks } from '../../../workflows/project_planning/contract.ts';
import { answerBody, orderOf, outlineOf, planningBody, planWhole, titlesOf } from './support.ts';

const text =
  '# Shop\n\n## Phase 1: Build\n- Write the catalog\n- Design the logo\n\n## Phase 2: Polish\n- Add animations\n- Print flyers';

describe('a rejected plan', () => {
  it.each([
    ['Remove the flyers.', ['Write the catalog', 'Design the logo', 'Add animations']],
    ['drop phase 2', ['Write the catalog', 'Design the logo']],
    [
      'Without the logo, and add a test with three customers to phase 1',
      ['Write the catalog', 'A test with three customers', 'Add animations', 'Print flyers'],
    ],
    [
      'Please add: take photos',
      ['Write the catalog', 'Design the logo', 'Add animations', 'Print flyers', 'Take photos'],
    ],
    ['I just do not like it', ['Write the catalog', 'Design the logo', 'Add animations', 'Print flyers']],
  ])('changes as "%s" asks', (comment, expected) => {
    expect(titlesOf(outlineOf(text, { comments: [comment] })).map((title) => title.replace(/^: /u, ''))).toEqual(
      expected,
    );
  });

  it('takes other durations, dates and order', () => {
    const whole = planWhole(text, {
      rejections: [
        {
          comment: 'The catalog takes 6 hours. Finish by 1 June 2027. Print flyers before adding animations.',
          summary: null,
        },
      ],
    });
    expect(whole.tasks.find((task) => task.title === 'Write the catalog')?.durationMinutes).toBe(360);
    expect(whole.analysis.deadline).toBe('2027-06-01');
    expect(orderOf(whole, 'hard')).toContain('Add animations < Print flyers');
  });

  it('never loses its last task', () => {
    expect(
      titlesOf(outlineOf('- Write the catalog\n- Print the catalog', { comments: ['Remove the catalog'] })).length,
    ).toBeGreaterThan(0);
  });

  it('says what changed', () => {
    expect(planWhole(text, { rejections: [{ comment: 'Remove the flyers', summary: null }] }).plan.reasoning).toContain(
      'Left out: Print flyers.',
    );
  });
});

describe('context added while running', () => {
  it('changes the plan the same way', () => {
    expect(planWhole(text, { added_context: ['I only have 3 hours a week', 'skip the animations'] })).toMatchObject({
      analysis: { hoursPerWeek: 3 },
    });
    expect(titlesOf(outlineOf(text, { comments: ['skip the animations'] }))).not.toContain('Add animations');
  });
});

describe('existing tasks', () => {
  const existing = [
    {
      id: '11111111-1111-4111-8111-111111111111',
      title: 'Design logo',
      status: 'pending',
      deadline: null,
      projectId: null,
    },
    {
      id: '22222222-2222-4222-8222-222222222222',
      title: 'Print flyers',
      status: 'completed',
      deadline: null,
      projectId: null,
    },
    {
      id: '33333333-3333-4333-8333-333333333333',
      title: 'Write the catalog',
      status: 'pending',
      deadline: null,
      projectId: 'another',
    },
  ];

  it('are named where they are the same work, open, and of no other project', () => {
    const whole = planWhole(text, { existing_tasks: existing, project: { id: 'mine', name: 'Shop' } });
    expect(
      whole.tasks.flatMap((task) => (task.existingTaskId === null ? [] : [`${task.title} ${task.existingTaskId}`])),
    ).toEqual(['Design the logo 11111111-1111-4111-8111-111111111111']);
  });

  it('of the project are planned when nothing else is said', () => {
    const own = [
      { ...existing[0], projectId: 'mine', durationMinutes: 90 },
      { ...existing[2], projectId: 'mine', deadline: '2027-02-01T22:59:00Z' },
    ];
    const whole = planWhole('Shop', { existing_tasks: own, project: { id: 'mine', name: 'Shop' } });
    expect(whole.tasks).toMatchObject([
      { title: 'Design logo', durationMinutes: 90, existingTaskId: existing[0]?.id },
      { title: 'Write the catalog', deadline: '2027-02-01' },
    ]);
  });
});

describe('where the plan is read from', () => {
  it('is the context when the intent only points at it', () => {
    expect(
      planWhole('Plan this', { context: '- Order seeds\n- Build a bed (1 day)' }).tasks.map((task) => task.title),
    ).toEqual(['Order seeds', 'Build a bed']);
  });

  it("is the project's notes when nothing else names tasks", () => {
    const notes = [{ id: 'n', title: 'Ideas', content: '- Order seeds\n- Build a bed' }];
    expect(planWhole('Plan the garden', { notes }).tasks.map((task) => task.title)).toEqual([
      'Order seeds',
      'Build a bed',
    ]);
  });

  it('fits the phases of another model, by name, and says so where the text has nothing for one', () => {
    const tasks = (phase: string): readonly { readonly key: string; readonly title: string }[] => {
      const plan = {
        phases: [
          { key: 'a', name: 'Phase 2: Polish' },
          { key: 'b', name: 'Phase 1: Build' },
          { key: 'c', name: 'Advertising abroad' },
        ],
      };
      const answer = answerBody(planningBody('tasks', { intent: text, parameters: { phase }, 'output.plan': plan }));
      return phaseTasks.parse(JSON.parse(answer)).tasks;
    };
    expect(tasks('a').map((task) => `${task.key} ${task.title}`)).toEqual(['a.t1 Add animations', 'a.t2 Print flyers']);
    expect(tasks('b').map((task) => task.title)).toEqual(['Write the catalog', 'Design the logo']);
    expect(tasks('c').map((task) => task.title)).toEqual(['Work out Advertising abroad']);
  });
});
