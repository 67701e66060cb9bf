import { createNote } from './definitions/create-note.ts';
import { createTask } from './definitions/create-task.ts';
import { getCalendar } from './definitions/get-calendar.ts';
import { listProjects } from './definitions/list-projects.ts';
import { listTasks } from './definitions/list-tasks.ts';
import { readSource } from './definitions/read-source.ts';
import { scheduleEvent } from './definitions/schedule-event.ts';
import { searchNotes } from './definitions/search-notes.ts';
import { searchRecords } from './definitions/search-records.ts';
import type { Tool } from './tool.ts';

/** Steward's own tools. A run is granted some of them by name. */
export const builtInTools: readonly Tool[] = [
  listProjects,
  listTasks,
  searchNotes,
  searchRecords,
  readSource,
  getCalendar,
  createTask,
  createNote,
  scheduleEvent,
];
