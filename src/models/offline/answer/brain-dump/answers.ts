import type { TypeAnswers } from '../answerer.ts';
import { answerContext } from './context.ts';
import { answerPrepare } from './prepare.ts';
import { answerTasks } from './tasks.ts';

export const brainDumpAnswers: TypeAnswers = { prepare: answerPrepare, context: answerContext, tasks: answerTasks };
