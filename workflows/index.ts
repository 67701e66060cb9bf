export { undo_proposal } from './kernel/undo-proposal.ts';
export { project_planning } from './project_planning/workflow.ts';
