import { z } from 'zod';
import { mostAttempts } from '../contract/attempts.ts';
import { budgetInput } from './common-input.ts';

export const runName = z.string().trim().min(1).max(200);
/** 1 is the most urgent. */
export const runPriority = z.int().min(1).max(10);
export const dedupKey = z.string().trim().min(1).max(200);
export const runAttempts = z.int().min(1).max(mostAttempts);

/** What a start may say beside its type, input and options, as HTTP and MCP show it. */
export const startFields = {
  budget: budgetInput.exactOptional(),
  name: runName.exactOptional(),
  priority: runPriority.exactOptional().meta({ description: '1 is the most urgent; 5 when left out.' }),
  startAt: z.iso
    .datetime({ offset: true, error: 'expected an ISO 8601 time with zone' })
    .exactOptional()
    .meta({ description: 'The run is created now and starts then.' }),
  dedupKey: dedupKey
    .exactOptional()
    .meta({ description: 'While a run of the type with this key goes on, that one is returned.' }),
  maxAttempts: runAttempts
    .exactOptional()
    .meta({ description: 'How often the run is tried before it fails; 1 when left out.' }),
};
