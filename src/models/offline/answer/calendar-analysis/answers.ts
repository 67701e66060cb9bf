import type { TypeAnswers } from '../answerer.ts';
import { answerInterpret } from './interpret.ts';
import { answerMeetingTasks } from './meeting-tasks.ts';
import { answerSuggest } from './suggest.ts';

export const calendarAnswers: TypeAnswers = {
  interpret: answerInterpret,
  suggest: answerSuggest,
  meeting_tasks: answerMeetingTasks,
};
