import type { ChatMessage } from '../../src/models/model-service.ts';
import { digestOf } from '../support/digest.ts';

// The latest results are what the model works with; of older ones it needs to know that it has seen them.
const keptWhole = 12;
const shortEnough = 400;
const excerptChars = 200;

/** A transcript for the next turn: old tool results are named by digest and length, with their first words. */
export function compactTranscript(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const firstWhole = messages.length - keptWhole;
  return messages.map((message, index) => {
    if (index >= firstWhole || message.role !== 'tool' || message.content.length <= shortEnough) return message;
    const reference = `[seen before: ${message.content.length} characters, sha256 ${digestOf(message.content).slice(0, 12)}] ${message.content.slice(0, excerptChars)}…`;
    return { ...message, content: reference };
  });
}
