import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { answerContext } from '../../../src/models/offline/answer/brain-dump/context.ts';
import { answerPrepare } from '../../../src/models/offline/answer/brain-dump/prepare.ts';
import { answerTasks } from '../../../src/models/offline/answer/brain-dump/tasks.ts';
import type { Json } from '../../../src/contract/json.ts';
import { prepared, saidFacts, saidTasks } from '../../../workflows/brain_dump/contract.ts';
import { oneLine } from '../../../workflows/brain_dump/merge/words.ts';

const dumps = new URL('../../fixtures/brain-dumps/', import.meta.url);
const names = readdirSync(dumps);

function sections(intent: string, more: Readonly<Record<string, Json>> = {}): Readonly<Record<string, Json>> {
  return { now: '2026-11-25T10:00:00.000Z', time_zone: 'Europe/Berlin', intent, pieces: { p1: intent }, ...more };
}

function tasksOf(intent: string, more: Readonly<Record<string, Json>> = {}): ReturnType<typeof saidTasks.parse> {
  return saidTasks.parse(answerTasks(sections(intent, more)));
}

function read(name: string): string {
  return readFileSync(new URL(name, dumps), 'utf8');
}

function listed(name: string): readonly string[] {
  return tasksOf(read(name)).tasks.map(({ title, deadline, time, recurrence }) =>
    [title, deadline, time, recurrence].filter((part) => part !== null).join(' | '),
  );
}

describe('a real dump', () => {
  test.each(names)('%s is quoted word for word in an answer that fits the schemas', (name) => {
    const text = read(name);
    const facts = saidFacts.parse(answerContext(sections(text)));
    expect(prepared.parse(answerPrepare(sections(text))).items).toHaveLength(1);
    for (const { quote } of [...tasksOf(text).tasks, ...tasksOf(text).projects, ...facts.facts])
      expect(oneLine(text)).toContain(oneLine(quote));
  });

  test('in English gives what its writer meant to do, and not what they felt, did or thought', () => {
    expect(listed('en-monday.txt')).toEqual([
      'Call the dentist | 2026-11-27',
      'Send the invoice for Acme | 2026-11-25',
      "Take care of mum's birthday | 2026-12-14",
      'Get her something nice',
      'Renew my passport',
    ]);
    expect(listed('en-rambling.txt')).toContain('Water the plants | FREQ=WEEKLY;BYDAY=SU');
    expect(listed('en-lists.txt')).toContain('Dentist appointment | 2026-12-01 | 15:00');
  });

  test('takes what a lead-in lists as tasks of what it names', () => {
    const { tasks, projects } = tasksOf(
      'Also for the harbour festival: rent the stage (2 hours), print 200 programmes after that, ask Ute whether the bar has enough people.',
    );
    expect(tasks.map(({ title, durationMinutes }) => [title, durationMinutes])).toEqual([
      ['Rent the stage', 120],
      ['Print 200 programmes after that', null],
      ['Ask Ute whether the bar has enough people', null],
    ]);
    expect(projects.map(({ name }) => name)).toEqual(['Harbour festival']);
    const list = "Grandpa's 80th: book a table, near the station, invite the cousins, and order a cake.";
    expect(tasksOf(list).tasks.map(({ title }) => title)).toEqual([
      'Book a table, near the station',
      'Invite the cousins',
      'Order a cake',
    ]);
    expect(tasksOf('Für das Sommerfest: Bühne mieten, Programme drucken.').tasks.map(({ title }) => title)).toEqual([
      'Bühne mieten',
      'Programme drucken',
    ]);
    expect(tasksOf('I told him: buy milk, call mum.').projects).toEqual([]);
  });

  test('hears an order behind the days on which it comes again', () => {
    const again = (text: string): unknown => tasksOf(text).tasks.map(({ title, recurrence }) => [title, recurrence]);
    expect(again('every monday water the beans')).toEqual([['Water the beans', 'FREQ=WEEKLY;BYDAY=MO']]);
    expect(again('Every 3 months change the water filter.')).toEqual([
      ['Change the water filter', 'FREQ=MONTHLY;INTERVAL=3'],
    ]);
    expect(again('Alle zwei Monate den Filter wechseln.')).toEqual([['Filter wechseln', 'FREQ=MONTHLY;INTERVAL=2']]);
    expect(again('Jeden Montag die Bohnen gießen.')).toEqual([['Bohnen gießen', 'FREQ=WEEKLY;BYDAY=MO']]);
  });

  test('keeps a duration that is said last, and takes a number for no doubt', () => {
    const { tasks } = tasksOf('I must finish the tax return, collect the receipts first, that takes maybe 3 hours.');
    expect(tasks.map(({ title, durationMinutes, priority }) => [title, durationMinutes, priority])).toEqual([
      ['Finish the tax return', null, 'medium'],
      ['Collect the receipts first', 180, 'medium'],
    ]);
    expect(tasksOf("Mum's birthday is on 12 December, buy a present.").tasks[0]?.title).not.toContain(' ,');
  });

  test('in German as well', () => {
    expect(listed('de-montag.txt')).toEqual([
      'Steuererklärung machen | 2027-01-31',
      'Mama anrufen wegen Weihnachten | 2026-12-24',
      'Rechnung von der Werkstatt überweisen | 2026-11-25',
      'Geschenk für Paul besorgen | 2026-12-12',
      'Zahnarzt | 2026-12-01 | 15:00',
    ]);
    expect(listed('de-gedanken.txt')).toContain('Blumen gießen | FREQ=WEEKLY;BYDAY=MO');
  });

  test('keeps ideas and lasting facts, and tells moods apart from them', () => {
    const { facts, insights } = saidFacts.parse(answerContext(sections(read('en-lists.txt') + read('en-monday.txt'))));
    expect(facts.map(({ kind, category, field }) => category ?? field ?? kind)).toEqual(['workStyle', 'fact', 'idea']);
    expect(insights).toEqual(["Weighs on you: “I'm so tired lately, sleeping badly.”"]);
  });
});

describe('a project', () => {
  const projects = [
    { id: '00000000-0000-4000-8000-000000000001', name: 'Website relaunch' },
    { id: '00000000-0000-4000-8000-000000000002', name: 'Kitchen renovation' },
    { id: '00000000-0000-4000-8000-000000000003', name: 'Bathroom renovation' },
  ];

  test('is known by its whole name, guessed by a part of it', () => {
    const { tasks } = tasksOf('I need to fix the website relaunch plan. I need to paint the kitchen.', { projects });
    expect(tasks.map(({ project, guesses }) => [project?.at(-1), guesses])).toEqual([
      ['1', []],
      ['2', ['project']],
    ]);
  });

  test('that could be either of two is asked about, and the answer is taken', () => {
    const text = 'I need to order the tiles for the renovation.';
    const [item] = prepared.parse(answerPrepare(sections(text, { projects }))).items;
    expect(item?.unclear).toMatchObject([{ mention: 'renovation', projectIds: [projects[1]?.id, projects[2]?.id] }]);
    const answers = [{ key: 'project of renovation', question: '', answer: 'Bathroom renovation' }];
    expect(tasksOf(text, { projects, answers }).tasks).toMatchObject([{ project: projects[2]?.id, guesses: [] }]);
  });
});

test('a rejection takes out what was objected to and adds what was missed', () => {
  const rejections = [{ comment: 'Drop the passport. Also call the bank.', summary: null }];
  const titles = tasksOf(read('en-monday.txt'), { rejections }).tasks.map(({ title }) => title);
  expect(titles).not.toContain('Renew my passport');
  expect(titles).toContain('Call the bank');
});

test('any text is answered, and quoted word for word', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom(...names).map(read)),
      fc.nat(300),
      (text, at) => {
        const cut = text.slice(at).trim();
        for (const { quote } of tasksOf(cut).tasks) expect(oneLine(cut)).toContain(oneLine(quote));
        saidFacts.parse(answerContext(sections(cut)));
        prepared.parse(answerPrepare(sections(cut)));
      },
    ),
  );
});
