import type { Operation } from '../../../src/contract/proposal.ts';
import type { Block } from '../portfolio/portfolio.ts';
import type { Maker, Setting } from './setting.ts';

export const addDependency: Maker<'add_dependency'> = ({ taskId, dependsOnId, reason }, setting, id) => {
  if (setting.task(taskId) === undefined || setting.task(dependsOnId) === undefined) return [];
  const title = `${setting.name(taskId)} waits for ${setting.name(dependsOnId)}: no → yes`;
  const payload = { taskId, dependsOnId, dependencyKind: 'hard', why: reason } as const;
  return [{ id, kind: 'add_dependency', title, reason, requires: [], payload }];
};

export const removeDependency: Maker<'remove_dependency'> = ({ taskId, dependsOnId, reason }, setting, id) => {
  if (setting.task(taskId) === undefined) return [];
  const title = `${setting.name(taskId)} waits for ${setting.name(dependsOnId)}: yes → no`;
  const payload = { taskId, dependsOnId, why: reason };
  return [{ id, kind: 'remove_dependency', title, reason, requires: [], payload }];
};

export const extendProject: Maker<'extend_project'> = ({ projectId, deadline, reason }, setting, id) => {
  const project = setting.project(projectId);
  if (project === undefined) return [];
  const endMs = setting.tools.instant({ date: deadline, time: '23:59' });
  const title = `End of project "${project.name}": ${setting.day(project.endMs)} → ${setting.day(endMs)}`;
  const payload = { projectId, changes: { endDate: setting.endOf(deadline) } };
  return [{ id, kind: 'update_project', title, reason, requires: [], payload }];
};

export const closeProject: Maker<'close_project'> = ({ projectId, status, reason }, setting, id) => {
  const project = setting.project(projectId);
  if (project === undefined || project.status === status) return [];
  const words = (text: string): string => text.replace('_', ' ');
  const title = `Project "${project.name}": ${words(project.status)} → ${words(status)}`;
  return [{ id, kind: 'update_project', title, reason, requires: [], payload: { projectId, changes: { status } } }];
};

type Piece = { readonly startMs: number; readonly endMs: number };

function span(
  { startMs, endMs }: Piece,
  setting: Setting,
): { readonly start: string; readonly end: string; readonly timeZone: string } {
  return {
    start: new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    timeZone: setting.timeZone,
  };
}

function at(piece: Piece, { tools }: Setting): string {
  return `${tools.formatInstant(piece.startMs)}–${tools.formatInstant(piece.endMs).slice(-5)}`;
}

type Moving = { readonly title: string; readonly taskId: string; readonly reason: string; readonly id: string };

function moveOne(block: Block, piece: Piece, { setting, moving }: { setting: Setting; moving: Moving }): Operation {
  const { title, reason, id } = moving;
  const words = `Move a block of "${title}": ${at(block, setting)} → ${at(piece, setting)}`;
  const payload = { eventUid: block.uid, ...span(piece, setting) };
  return { id, kind: 'move_event', title: words, reason, requires: [], payload };
}

function addOne(piece: Piece, { setting, moving }: { setting: Setting; moving: Moving }): Operation {
  const { title, taskId, reason, id } = moving;
  const payload = { eventId: setting.tools.newId(`event/${taskId}/${id}`), taskId, title, ...span(piece, setting) };
  return {
    id,
    kind: 'schedule_event',
    title: `Add a block for "${title}": ${at(piece, setting)}`,
    reason,
    requires: [],
    payload,
  };
}

function clearOne(block: Block, { setting, moving }: { setting: Setting; moving: Moving }): Operation {
  const { title, reason, id } = moving;
  const payload = { eventUid: block.uid, why: reason };
  return { id, kind: 'cancel_event', title: `Free ${at(block, setting)} of "${title}"`, reason, requires: [], payload };
}

// The scheduler found a place for all of the task's work; its old blocks take the new places in their order.
export const moveBlocks: Maker<'move_blocks'> = ({ taskId, reason }, setting, id) => {
  const task = setting.task(taskId);
  const pieces = setting.settled.moved.find((each) => each.taskId === taskId)?.pieces ?? [];
  if (task === undefined || pieces.length === 0) return [];
  const blocks = setting.portfolio.blocks.filter((block) => block.taskId === taskId);
  const length = Math.max(blocks.length, pieces.length);
  return Array.from({ length }, (_, index) => index).flatMap((index) => {
    const [block, piece] = [blocks[index], pieces[index]];
    const moving = { title: task.title, taskId, reason, id: `${id}-block-${index + 1}` };
    if (block !== undefined && piece !== undefined) return [moveOne(block, piece, { setting, moving })];
    if (piece !== undefined) return [addOne(piece, { setting, moving })];
    return block === undefined ? [] : [clearOne(block, { setting, moving })];
  });
};
