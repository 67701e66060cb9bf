import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { backends } from '../support/backends.ts';
import { useCalendar } from './setup.ts';

describe.each(backends)('events of the local calendar on $name', ({ start }) => {
  const at = useCalendar(start);

  it('makes an event once for one id, in any number of tries at once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => at.calendar.createEvent(at.focus())));
    expect(outcomes.map((outcome) => outcome.outcome).toSorted()).toEqual([
      'already_there',
      'already_there',
      'created',
    ]);
    expect(new Set(outcomes.map((outcome) => outcome.etag)).size).toBe(1);
    expect(outcomes[0]?.uid).toMatch(/^[0-9a-v]+@steward$/u);
    expect(await at.titles('2026-03-30', '2026-03-31')).toEqual(['2026-03-30T07:00:00Z Focus']);
  });

  it('refuses another event under the same id', async () => {
    await at.calendar.createEvent(at.focus());
    await expect(at.calendar.createEvent(at.focus({ title: 'Other' }))).rejects.toMatchObject({
      code: 'conflict',
      details: { title: 'Focus' },
    });
  });

  it('changes and removes only what is as it was read', async () => {
    const { uid, etag } = await at.calendar.createEvent(at.focus());
    const moved = { start: '2026-03-30T09:00:00Z', end: '2026-03-30T10:00:00Z' };
    const updated = await at.calendar.updateEvent({ userId: at.userId, uid, etag, changes: moved });
    expect(updated.outcome).toBe('updated');
    expect(await at.calendar.updateEvent({ userId: at.userId, uid, etag, changes: moved })).toEqual({
      uid,
      etag: updated.etag,
      outcome: 'already_there',
    });
    await expect(
      at.calendar.updateEvent({ userId: at.userId, uid, etag, changes: { title: 'Late' } }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(at.calendar.deleteEvent({ userId: at.userId, uid, etag })).rejects.toMatchObject({ code: 'conflict' });
    expect(await at.calendar.deleteEvent({ userId: at.userId, uid, etag: updated.etag })).toEqual({
      uid,
      outcome: 'deleted',
    });
    expect(await at.calendar.deleteEvent({ userId: at.userId, uid, etag: updated.etag })).toEqual({
      uid,
      outcome: 'already_gone',
    });
    await expect(at.calendar.updateEvent({ userId: at.userId, uid, etag, changes: moved })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await at.titles('2026-03-30', '2026-03-31')).toEqual([]);
  });

  it('makes an event anew after it was removed', async () => {
    const { uid, etag } = await at.calendar.createEvent(at.focus());
    await at.calendar.deleteEvent({ userId: at.userId, uid, etag });
    expect(await at.calendar.createEvent(at.focus({ title: 'Again' }))).toMatchObject({ uid, outcome: 'created' });
    expect(await at.titles('2026-03-30', '2026-03-31')).toEqual(['2026-03-30T07:00:00Z Again']);
  });

  it.each([
    [{ start: 'tomorrow' }, 'start'],
    [{ end: '2026-03-30T06:00:00Z' }, 'end'],
    [{ timeZone: 'Middle/Earth' }, 'timeZone'],
  ])('refuses an event with %j', async (fields, path) => {
    await expect(at.calendar.createEvent(at.focus({ eventId: randomUUID(), ...fields }))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(path),
    });
  });
});
