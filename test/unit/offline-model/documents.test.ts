import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { orderOf, planWhole } from './support.ts';

function document(name: string): string {
  return readFileSync(new URL(`../../fixtures/texts/${name}.md`, import.meta.url), 'utf8');
}

describe('a design document with its own roadmap of pull requests', () => {
  const whole = planWhole(document('roadmap-with-pull-requests'));

  it('is planned by that roadmap and by nothing else in it', () => {
    expect(whole.phases.map((phase) => [phase.name, phase.tasks.map((task) => task.title)])).toEqual([
      [
        'Phase 1: Foundation (MVP)',
        ['PR 1: Data Model + Migration', 'PR 2: API Endpoints', 'PR 3: Folder Import', 'PR 4: Basic UI - Recipe List'],
      ],
      ['Phase 2: Reading', ['PR 5: Recipe Detail Page', 'PR 6: Print View']],
      ['Phase 3: Finish', ['PR 7: Polish']],
    ]);
    expect(whole.plan.projectName).toBe('Recipe Box - Implementation Plan');
  });

  it('has the bullets as steps, unchanged', () => {
    expect(whole.tasks[0]?.steps).toEqual([
      'Add `recipes` and `tags` tables to `server/db/schema.ts`',
      'Run the migration',
      'Refresh `updatedAt` every 30s',
    ]);
  });

  it('puts data before interface before screens, and what is used after what makes it', () => {
    expect(orderOf(whole, 'hard')).toEqual(
      expect.arrayContaining([
        'PR 2: API Endpoints < PR 1: Data Model + Migration',
        'PR 3: Folder Import < PR 1: Data Model + Migration',
        'PR 4: Basic UI - Recipe List < PR 2: API Endpoints',
        'PR 5: Recipe Detail Page < PR 2: API Endpoints',
        'PR 6: Print View < PR 5: Recipe Detail Page',
        'PR 7: Polish < PR 4: Basic UI - Recipe List',
      ]),
    );
    expect(orderOf(whole, 'soft')).toContain('PR 7: Polish < PR 6: Print View');
  });

  it('asks nothing and takes no rate, age or old date for effort or deadline', () => {
    expect(whole.analysis).toMatchObject({ questions: [], deadline: null, startDate: null });
    expect(whole.tasks[0]?.reason).toContain('estimated');
  });
});

describe('documents of other kinds', () => {
  it("shares a phase's effort among its tasks and leaves out what is finished", () => {
    const whole = planWhole(document('phases-with-effort'));
    expect(
      whole.phases.map((phase) => [phase.name, phase.tasks.map((task) => `${task.title} ${task.durationMinutes}`)]),
    ).toEqual([
      ['Phase 2: Loans', ['Create the loan form 600', 'Implement reminders 600', 'Write loan tests 600']],
      ['Phase 3: Rehearsals', ['Add the rehearsal calendar 360', "Integrate with the choir's calendar 360"]],
    ]);
    expect(whole.tasks.at(-1)?.priority).toBe('low');
    expect(whole.analysis.assumptions.join(' ')).toContain('Phase 1: Database & Import (COMPLETED)');
    expect(whole.analysis.goals[0]).toContain('One place');
  });

  it('takes headings that are each a thing to do as tasks', () => {
    const whole = planWhole(document('onboarding-with-open-ends'));
    expect(whole.phases.map((phase) => [phase.name, phase.tasks.map((task) => task.title)])).toEqual([
      ['What Needs Testing', ['Start the logger', 'Create a test station', 'Watch the readings', 'Verify the totals']],
      ['Known Issues / TODO', ['Battery life not measured', 'No alarm for a silent station']],
    ]);
    expect(whole.tasks[2]?.steps).toEqual(['Should appear within a minute', 'Should show temperature']);
    expect(orderOf(whole, 'soft')).not.toContain('No alarm for a silent station < Battery life not measured');
  });

  it('takes the next steps of a readme, not its manual, and cleans garbled emoji from names', () => {
    const whole = planWhole(document('readme-with-next-steps'));
    expect(whole.plan.projectName).toBe('Homework Helper');
    expect(whole.phases.map((phase) => [phase.name, phase.tasks.map((task) => task.title)])).toEqual([
      [
        'Next Steps',
        ['Screens - Create a page for plans', 'Reports - Build a weekly report', 'Search - Implement search in notes'],
      ],
    ]);
  });

  it('takes what a context document demands, not what it describes', () => {
    const whole = planWhole(document('context-without-plan'));
    expect(whole.phases.map((phase) => [phase.name, phase.tasks.map((task) => task.title)])).toEqual([
      ['Core Requirements', ['Long Rounds', 'Safety']],
      ['Round Types to Support', ['Return Round', 'Check Round']],
      ['Where to Add the Robot', ['Define the Robot Type', 'Create the Round Planner', 'Register the Planner']],
    ]);
    expect(whole.tasks[0]?.steps).toEqual(['Must work for several hours', 'Pause and resume']);
  });
});
