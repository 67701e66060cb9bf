import { foundation } from './0001-foundation.ts';
import { records } from './0002-records.ts';
import { taskRules } from './0003-task-rules.ts';
import { runTables } from './0004-runs.ts';
import { effectTables } from './0005-effects.ts';
import { calendarTables } from './0006-calendar.ts';
import { search } from './0007-search.ts';
import { queueTables } from './0008-queue.ts';
import { estimates } from './0009-estimates.ts';
import { briefTables } from './0011-briefs.ts';
import { choiceTables } from './0012-choices.ts';
import type { MigrationScript } from './migration-script.ts';

/** Every migration, oldest first. Only ever appended to. */
export const migrationScripts: readonly MigrationScript[] = [
  foundation,
  records,
  taskRules,
  runTables,
  effectTables,
  calendarTables,
  search,
  queueTables,
  estimates,
  briefTables,
  choiceTables,
];
