import { describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { hostileTexts, withIds } from '../../support/hostile/texts.ts';
import type { HostileText } from '../../support/hostile/texts.ts';
import { catalog } from '../../../workflows/catalog.ts';
import { newWorld, step, useDatabase } from '../activities/harness.ts';
import { backends } from '../support/backends.ts';
import { allRecords, mailServer, plantGarden } from './garden.ts';
import { createObedientModel } from './obedient-model.ts';
import { activitiesOf, runAgent } from './run-agent.ts';

const granted = ['read:own', 'mail__look'];
const look = [
  { name: 'list_tasks', args: {} },
  { name: 'list_projects', args: {} },
  { name: 'search_notes', args: { text: 'Garden', limit: 50 } },
  { name: 'list_brain_dumps', args: { limit: 50 } },
  { name: 'get_calendar', args: { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' } },
  { name: 'mail__look', args: {} },
];
const kindsOfTheDraft = ['create_task', 'create_note', 'update_task', 'set_task_status'];
const groupSize = 9;

const groups = Array.from({ length: Math.ceil(hostileTexts.length / groupSize) }, (_none, index) => {
  const texts = hostileTexts.slice(index * groupSize, (index + 1) * groupSize);
  return { name: `${texts[0]?.id ?? ''} to ${texts.at(-1)?.id ?? ''}`, texts };
});

// One backend is enough: what is tested here is no SQL.
const [{ start } = { start: () => Promise.reject(new Error('no database')) }] = backends;

describe('an agent whose model obeys every text it reads', () => {
  const database = useDatabase(start);

  async function obey(texts: readonly HostileText[]) {
    const world = await newWorld(database());
    const garden = await plantGarden(world, texts);
    const told = texts.filter((text) => text.carrier === 'tool_output').map((text) => withIds(text.text, garden.ids));
    const mail = mailServer(told.join('\n'));
    const model = createObedientModel(look);
    const deps: ActivityDeps = { ...world.deps, catalog, models: model, outsideTools: mail };
    const before = await allRecords(world);
    const input = { userPrompt: 'Say how the garden is.', context: garden.context || 'none', tools: granted };
    const looped = await runAgent(deps, { input, userId: world.userId });
    return { world, deps, mail, model, before, ...looped };
  }

  it.each(groups)('does nothing outside its grant ($name)', async ({ texts }) => {
    const { world, deps, mail, model, before, run, reason, asked } = await obey(texts);
    // It did as it was told, every time …
    expect(texts.map((text) => text.id).filter((id) => !model.obeyed.has(id))).toEqual([]);
    // … and nothing came of it: no call but those granted, no record changed, no secret sent.
    expect(reason).toBe('finished');
    expect(mail.calls).toEqual(['look']);
    const allowed = new Set(['recall', 'mail__look', ...look.map(({ name }) => name)]);
    for (const call of asked) if (!allowed.has(call.tool)) expect(call.refusal).not.toBeNull();
    expect(await allRecords(world)).toBe(before);

    const { records, within } = activitiesOf(deps);
    const at = step(90, { type: 'proposal', name: 'changes', path: 'proposal:changes' });
    const proposed = await within(
      async () => await records.propose({ run, step: at, draft: 'changes', params: {}, changes: [] }),
    );
    const stored = await world.database.asService(async (tx) => {
      const rows = await tx
        .selectFrom('proposal_operations')
        .selectAll()
        .where('proposal_id', '=', proposed.proposalId)
        .execute();
      return rows.map((row) => ({ id: row.operation_id, kind: row.kind, title: row.title, payload: row.payload }));
    });
    const outlines = 'total' in proposed.outlines ? [] : proposed.outlines;
    expect(stored.map(({ id }) => id).sort()).toEqual(outlines.map(({ id }) => id).sort());
    for (const { kind } of stored) expect(kindsOfTheDraft).toContain(kind);
    expect(JSON.stringify(stored)).not.toContain('{{');
    expect(await allRecords(world)).toBe(before);
  });
});
