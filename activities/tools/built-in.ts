import { freeTime } from './definitions/read/free-time.ts';
import { getCalendar } from './definitions/read/get-calendar.ts';
import { getProject } from './definitions/read/get-project.ts';
import { getTask } from './definitions/read/get-task.ts';
import { listBrainDumps } from './definitions/read/list-brain-dumps.ts';
import { listProjects } from './definitions/read/list-projects.ts';
import { listTasks } from './definitions/read/list-tasks.ts';
import { readSource } from './definitions/read/read-source.ts';
import { searchNotes } from './definitions/read/search-notes.ts';
import { searchRecords } from './definitions/read/search-records.ts';
import { addDependency } from './definitions/write/add-dependency.ts';
import { createNote } from './definitions/write/create-note.ts';
import { createTask } from './definitions/write/create-task.ts';
import { scheduleEvent } from './definitions/write/schedule-event.ts';
import { setTaskStatus } from './definitions/write/set-task-status.ts';
import { updateTask } from './definitions/write/update-task.ts';
import type { Tool } from './tool.ts';

/** Steward's own tools. A run is granted some of them by name. */
export const builtInTools: readonly Tool[] = [
  listProjects,
  getProject,
  listTasks,
  getTask,
  searchNotes,
  searchRecords,
  readSource,
  listBrainDumps,
  getCalendar,
  freeTime,
  createTask,
  updateTask,
  setTaskStatus,
  addDependency,
  createNote,
  scheduleEvent,
];
