import type { TypeAnswers } from '../answerer.ts';
import { answerExtract } from './extract.ts';
import { answerPlan } from './plan.ts';
import { answerSynthesize } from './synthesize.ts';

export const researchAnswers: TypeAnswers = {
  plan: answerPlan,
  extract: answerExtract,
  synthesize: answerSynthesize,
};
