import type { MigrationScript } from './migration-script.ts';
import { createdColumn, ownReference, ownedBy, ownerColumn } from './migration-script.ts';

// What a person leaves out of a proposal that is too long for its ids to travel through a workflow.
export const choiceTables: MigrationScript = {
  name: '0012-choices',
  statements: [
    `create table proposal_choices (
       id uuid primary key,
       ${ownerColumn},
       proposal_id uuid not null,
       refused text[] not null,
       ${createdColumn},
       ${ownReference('proposal_id', 'proposals', 'cascade')}
     )`,
    'create index idx_proposal_choices_proposal on proposal_choices (proposal_id)',
    'create index idx_proposal_choices_user on proposal_choices (user_id)',
    ...ownedBy('proposal_choices'),
    'create index idx_proposal_operations_position on proposal_operations (proposal_id, position)',
  ],
};
