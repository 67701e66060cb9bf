import { describe, expect, test } from 'vitest';
import { calendarAnswers } from '../../../src/models/offline/answer/calendar-analysis/answers.ts';
import type { Json } from '../../../src/contract/json.ts';
import { interpretation, meetingTasks, suggestions } from '../../../workflows/calendar_analysis/contract.ts';
import type { MeetingTask } from '../../../workflows/calendar_analysis/contract.ts';

type Sections = Readonly<Record<string, Json>>;

function meeting(title: string, description: string | null = null): Json {
  return { key: 'm1', event: { title }, description, series: 's1', linked: [] };
}

function tasksFor(title: string, more: Sections = {}, description: string | null = null): readonly MeetingTask[] {
  const answer = calendarAnswers['meeting_tasks']?.({ meetings: [meeting(title, description)], ...more });
  return meetingTasks.parse(answer).items[0]?.tasks ?? [];
}

function series(key: string, title: string, more: Record<string, Json> = {}): Json {
  const usual = { kind: 'explicit', rhythm: 'every Monday', occurrences: 8, hoursPerMonth: 4, hits: 8, expected: 8 };
  return { key, title, cadence: { unit: 'week', every: 1 }, next: [], ...usual, ...more };
}

function suggested(sections: Sections) {
  return suggestions.parse(calendarAnswers['suggest']?.(sections));
}

describe('tasks of a meeting', () => {
  test.each([
    ['Quarterly review', ['Collect material for Quarterly review', 'Put the findings of Quarterly review into tasks']],
    ['1:1 Grace', ['Note points for 1:1 Grace']],
    ['Kick-off: New website', ['Prepare Kick-off: New website', 'Send the results of Kick-off: New website']],
    [
      'Vorstellungsgespräch Frau Sommer',
      ['Auf Vorstellungsgespräch Frau Sommer vorbereiten', 'Eindruck von Vorstellungsgespräch Frau Sommer festhalten'],
    ],
    [
      'Vortrag im Museum',
      ['Präsentation für Vortrag im Museum vorbereiten', 'Fragen aus Vortrag im Museum beantworten'],
    ],
    [
      'Mitgliederversammlung',
      ['Tagesordnung für Mitgliederversammlung zusammenstellen', 'Ergebnisse von Mitgliederversammlung verschicken'],
    ],
  ])('of the kind of "%s" are those that it calls for', (title, expected) => {
    expect(tasksFor(title).map((task) => task.title)).toEqual(expected);
  });

  test.each(['Lunch with the review board', 'Mittagessen', 'Zahnarzt', 'Urlaub', 'Weihnachtsfeier', 'Yoga class', ''])(
    'of "%s" are none',
    (title) => {
      expect(tasksFor(title)).toEqual([]);
    },
  );

  test('come from the description, with its sentence, where it asks for them', () => {
    const [task] = tasksFor('Catch-up', {}, 'We meet in the library. Please bring the signed contract.');
    expect(task).toMatchObject({ role: 'preparation', description: 'Please bring the signed contract.' });
  });

  test('name the project of their series and the task that is the same work', () => {
    const [task] = tasksFor('Quarterly review', {
      'output.suggest': { projects: [{ key: 'p3', series: ['s1'] }] },
      existing_tasks: [{ id: 'known', title: 'Collect material for quarterly review', status: 'pending' }],
    });
    expect(task).toMatchObject({ project: 'p3', existingTaskId: 'known' });
  });

  test('leave out what a comment is against', () => {
    const against = (comment: string) =>
      tasksFor('Quarterly review', { rejections: [{ comment }] }).map(({ role }) => role);
    expect(against('No follow-ups please')).toEqual(['preparation']);
    expect(against('Keine Vorbereitung')).toEqual(['follow_up']);
    expect(against('Nothing for the quarterly review')).toEqual([]);
    expect(against('Nothing for the board meeting')).toEqual(['preparation']);
  });
});

describe('projects of a calendar', () => {
  test('are topics: series of about one title go together, rest and rarities are left out', () => {
    const { projects } = suggested({
      series: [
        series('s1', 'OK Lab'),
        series('s2', '#TEC - für Jugendliche'),
        series('s3', 'OK Lab Potsdam'),
        series('s4', 'Lunch'),
        series('s5', 'Budget', { occurrences: 2 }),
      ],
    });
    expect(projects.map(({ name, series: keys }) => [name, keys])).toEqual([
      ['OK Lab', ['s1', 's3']],
      ['TEC - für Jugendliche', ['s2']],
    ]);
  });

  test('that are there already are named', () => {
    const { projects } = suggested({
      series: [series('s1', 'Board meeting')],
      projects: [{ id: 'known', name: 'Board meetings' }],
    });
    expect(projects).toMatchObject([{ existingProjectId: 'known' }]);
  });

  test('that a comment names go, the others stay; changes it is against are left out', () => {
    const sections = {
      series: [series('s1', 'Choir'), series('s2', 'Orchestra')],
      arrangement: { moves: [{ key: 'move-1', event: { title: 'Write' } }], cancels: [], focus: [{ key: 'focus-1' }] },
    };
    const without = (comment: string) => suggested({ ...sections, rejections: [{ comment }] });
    expect(without('No project for the choir').projects.map(({ name }) => name)).toEqual(['Orchestra']);
    expect(without('No focus blocks').leaveOut).toEqual(['focus-1']);
    expect(without('Nichts verschieben')).toMatchObject({
      leaveOut: ['move-1'],
      projects: [{ name: 'Choir' }, { name: 'Orchestra' }],
    });
  });
});

test('findings speak the language of the person, say who speaks, and put the weightiest first', () => {
  const sections = {
    series: [series('s1', 'Chor', { kind: 'implicit' })],
    figures: { events: 9, hoursPerWeek: 30, meetingShare: 0.6, focusMinutesPerWeek: 100, focusShare: 0.2 },
  };
  const german = interpretation.parse(
    calendarAnswers['interpret']?.({ ...sections, intent: 'Was nimmt mir die Zeit für meine Arbeit?' }),
  );
  expect(german.summary).toContain('Offline-Modell');
  expect(german.findings[0]).toMatchObject({ severity: 'warning', title: '30 Stunden Termine in der Woche' });
  expect(german.findings.flatMap(({ about }) => about)).toContain('s1');
  const english = interpretation.parse(
    calendarAnswers['interpret']?.({ ...sections, intent: 'What takes the time for my work?' }),
  );
  expect(english.summary).toContain('offline model');
});
