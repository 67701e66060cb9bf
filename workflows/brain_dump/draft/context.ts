import type { UpdateProject, UpdateUserContext } from '../../../src/contract/proposal.ts';
import { columnOf } from '../merge/facts.ts';
import { because } from './work.ts';
import type { DraftWork } from './work.ts';

function appended(before: string | null | undefined, added: readonly string[]): string {
  return [before ?? '', ...added].filter((part) => part.trim() !== '').join('\n');
}

/** One change for each existing project that the dump tells something of; what is known stays in front. */
export function projectContextOperations({ said, facts }: DraftWork): readonly UpdateProject[] {
  const ids = [...new Set(said.projectAdditions.flatMap(({ projectId }) => projectId ?? []))];
  return ids.map((projectId, index) => {
    const own = said.projectAdditions.filter((each) => each.projectId === projectId);
    const name = facts.workload?.projects.find((project) => project.id === projectId)?.name ?? projectId;
    const before = facts.projectContexts.find((project) => project.id === projectId)?.context;
    return {
      id: `context-${index + 1}`,
      kind: 'update_project',
      title: `Add to what is known of "${name}"`,
      reason: because(
        '',
        own.flatMap((each) => each.quotes),
      ),
      requires: [],
      payload: {
        projectId,
        changes: {
          context: appended(
            before,
            own.map((each) => each.text),
          ),
        },
      },
    };
  });
}

/** One change of the person's profile, field by field behind what is there. */
export function personOperations({ said, facts }: DraftWork): readonly UpdateUserContext[] {
  if (said.personAdditions.length === 0) return [];
  const fields = [...new Set(said.personAdditions.map((each) => each.field))];
  const changes = Object.fromEntries(
    fields.map((field) => {
      const added = said.personAdditions.filter((each) => each.field === field).map((each) => each.text);
      return [field, appended(facts.userContext?.fields[columnOf(field)], added)];
    }),
  );
  return [
    {
      id: 'you',
      kind: 'update_user_context',
      title: 'Add to what is known of you',
      reason: because(
        '',
        said.personAdditions.flatMap((each) => each.quotes),
      ),
      requires: [],
      payload: { changes },
    },
  ];
}
