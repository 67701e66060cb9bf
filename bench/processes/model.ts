import { startOfflineModel } from '../../src/models/offline/server.ts';
import { startLoopModel } from './loop-model.ts';
import { answerQuestions, readSettings } from '../support/answer.ts';

// A process of its own, as a provider is: its CPU is nobody's.
const settings = readSettings() as { readonly delayMs: number; readonly turns: number | null };
const model =
  settings.turns === null ? await startOfflineModel(settings) : await startLoopModel({ turns: settings.turns });
answerQuestions(
  Promise.resolve({
    ready: async () => await Promise.resolve(null),
    url: async () => await Promise.resolve(model.url),
    stop: async () => await model.close(),
  }),
);
