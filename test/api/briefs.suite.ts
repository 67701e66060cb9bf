import { expect, it } from 'vitest';
import type { World } from './steward-api.suite.ts';
import { pathsOf, refused } from './support/refused.ts';

const id = (n: number): string => `00000000-0000-7000-8000-0000000b0${n}00`;

/** The part of the suite that is about daily briefs. */
export function describeBriefs(world: World): void {
  const brief = (n: number) => ({
    id: id(n),
    brief_date: `2031-03-0${n}`,
    time_zone: 'Europe/Berlin',
    content: `# Day ${n}`,
    priority_actions: ['Dig'],
  });
  const document = { format: 'steward-export', version: 1, daily_briefs: [brief(1), brief(3), brief(2)] };

  it('takes briefs in with an export, lists them latest day first, page by page, and gives them out again', async () => {
    const { api, other } = world();
    expect((await api.importAll({ document })).created['daily_briefs']).toBe(3);
    expect((await api.importAll({ document })).created['daily_briefs']).toBe(0);
    const first = await api.listBriefs({ limit: 2 });
    expect(first.items.map((each) => each.date)).toEqual(['2031-03-03', '2031-03-02']);
    const rest = await api.listBriefs({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([rest.items.map((each) => each.date), rest.nextCursor]).toEqual([['2031-03-01'], null]);
    const shown = { date: '2031-03-02', content: '# Day 2', priorityActions: ['Dig'], projectBriefs: [], runId: null };
    expect((await api.listBriefs({ date: '2031-03-02' })).items).toMatchObject([shown]);
    expect(await api.getBrief({ briefId: id(2) })).toMatchObject(shown);
    expect((await other.listBriefs({})).items).toEqual([]);
    expect((await refused(other.getBrief({ briefId: id(2) }))).code).toBe('not_found');
    expect((await api.exportAll())['daily_briefs']).toMatchObject([brief(1), brief(2), brief(3)]);
  });

  it('refuses a day that is none', async () => {
    expect(pathsOf(await refused(world().api.listBriefs({ date: 'tomorrow' })))).toEqual(['date']);
  });
}
