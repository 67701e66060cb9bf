import { z } from 'zod';
import { eventRef } from '../shapes.ts';

const place = { start: z.string(), end: z.string(), reason: z.string() };

/** Changes of the calendar that code can justify by itself. Keys: `move-1`, `cancel-1`, `focus-1`. */
export const arrangement = z.object({
  moves: z.array(z.object({ key: z.string(), event: eventRef, ...place })),
  cancels: z.array(z.object({ key: z.string(), event: eventRef, reason: z.string() })),
  focus: z.array(z.object({ key: z.string(), week: z.string(), ...place })),
  /** Whole weeks to come with less focus time than wanted, and what is missing after the blocks above. */
  shortWeeks: z.array(z.object({ week: z.string(), focus: z.int(), wanted: z.int(), missing: z.int() })),
  /** Conflicts to come that only the person can solve. */
  unsolved: z.array(z.string()),
});

export type Arrangement = z.infer<typeof arrangement>;
