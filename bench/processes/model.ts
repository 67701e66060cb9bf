import { startOfflineModel } from '../../src/models/offline/server.ts';
import { answerQuestions, readSettings } from '../support/answer.ts';

// A process of its own, as a provider is: its CPU is nobody's.
const model = await startOfflineModel(readSettings() as { readonly delayMs: number });
answerQuestions(
  Promise.resolve({
    ready: async () => await Promise.resolve(null),
    url: async () => await Promise.resolve(model.url),
    stop: async () => await model.close(),
  }),
);
