import { describe, expect, it } from 'vitest';
import { findDates } from '../../../src/models/offline/text/dates.ts';
import type { Language } from '../../../src/models/offline/text/language.ts';
import { reference } from './support.ts';

function dates(text: string, language: Language = 'en'): readonly string[] {
  return findDates(text, language, reference).map(
    (mention) =>
      `${mention.role} ${mention.date}${mention.end === mention.date ? '' : `..${mention.end}`}${mention.past ? ' past' : ''}`,
  );
}

describe('dates in English', () => {
  it.each([
    ['done by 15 March', 'deadline 2027-03-15'],
    ['due 2027-05-03', 'deadline 2027-05-03'],
    ['Deadline: March 15, 2027', 'deadline 2027-03-15'],
    ['on 12 June 2027', 'on 2027-06-12'],
    ['by next Friday', 'deadline 2026-11-27'],
    ['in two weeks', 'on 2026-12-05'],
    ['within 3 days', 'deadline 2026-11-24'],
    ['by the end of May', 'deadline 2027-05-31'],
    ['mid-January 2027', 'on 2027-01-15'],
    ['in October', 'on 2027-10-01..2027-10-31'],
    ['next week', 'on 2026-11-23..2026-11-27'],
    ['3–7 May 2027', 'on 2027-05-03..2027-05-07'],
    ['starting 1 February 2027', 'start 2027-02-01'],
    ['not before 5 January 2027', 'start 2027-01-05'],
    ['by the end of the year', 'deadline 2026-12-31'],
    ['end of Q1 2027', 'on 2027-03-31'],
    ['before Christmas', 'deadline 2026-12-24'],
    ['15.03.2027', 'on 2027-03-15'],
    ['finish by 1 March 2020', 'deadline 2020-03-01 past'],
  ])('reads "%s"', (text, expected) => {
    expect(dates(text)).toEqual([expected]);
  });

  it.each([
    ['Poll every 30s, 2 minutes ago, Running (2/3), 10:00:02'],
    ['This may take half a day or 3 days'],
    ['Sat down in the sun'],
    ['Plan the course of the day'],
    ['**Last Updated:** 2027-10-17'],
    ['id is `2027-02-01-001`'],
    ['see https://example.org/2027-05-05/x'],
  ])('finds none in "%s"', (text) => {
    expect(dates(text)).toEqual([]);
  });
});

describe('dates in German', () => {
  it.each([
    ['bis 15. März', 'deadline 2027-03-15'],
    ['bis zum 3.4.', 'deadline 2027-04-03'],
    ['Abgabe 30. Juni 2027', 'deadline 2027-06-30'],
    ['nächsten Freitag', 'on 2026-11-27'],
    ['am Montag', 'on 2026-11-23'],
    ['in zwei Wochen', 'on 2026-12-05'],
    ['Ende Mai', 'on 2027-05-31'],
    ['bis Mitte Januar', 'deadline 2027-01-15'],
    ['ab dem 1.2.2027', 'start 2027-02-01'],
    ['im Oktober', 'on 2027-10-01..2027-10-31'],
  ])('reads "%s"', (text, expected) => {
    expect(dates(text, 'de')).toEqual([expected]);
  });
});

describe('the day that dates count from', () => {
  it("is the day in the person's zone, not in UTC", () => {
    const late = { now: '2026-11-21T23:30:00Z', timeZone: 'Pacific/Auckland' };
    expect(findDates('tomorrow', 'en', late)[0]?.date).toBe('2026-11-23');
    expect(findDates('tomorrow', 'en', { ...late, timeZone: 'America/Lima' })[0]?.date).toBe('2026-11-22');
  });

  it('does not fail on an unusable instant or zone', () => {
    expect(findDates('tomorrow', 'en', { now: 'nonsense', timeZone: 'Nowhere/Land' })[0]?.date).toBe('2000-01-02');
  });
});
