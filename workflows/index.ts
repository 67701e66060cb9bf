export { undo_proposal } from './kernel/undo-proposal.ts';
export { run_schedule } from './kernel/run-schedule.ts';
export { optimization } from './optimization/workflow.ts';
export { project_planning } from './project_planning/workflow.ts';
export { task_decomposition } from './task_decomposition/workflow.ts';
export { agent } from './agent/workflow.ts';
export { brain_dump } from './brain_dump/workflow.ts';
export { calendar_analysis } from './calendar_analysis/workflow.ts';
