import { asText } from '../../json-values.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Language } from '../../text/language.ts';
import type { Sections, TypeAnswers } from '../answerer.ts';
import { answerProfile } from './profile.ts';
import { answerWork } from './work.ts';

function languageOf(sections: Sections): Language {
  const { intent, context } = sections;
  return detectLanguage(
    `${asText(intent)} ${context === null || context === undefined ? '' : JSON.stringify(context)}`,
  );
}

export const onboardingAnswers: TypeAnswers = {
  profile: (sections) => answerProfile(sections, languageOf(sections)),
  work: (sections) => answerWork(sections, languageOf(sections)),
};
