import { z } from 'zod';

/** What every operation has, beside its kind and payload. */
export const base = { id: z.string().min(1), title: z.string(), reason: z.string(), requires: z.array(z.string()) };

export const nullableText = z.string().nullable();
export const requiredText = z.string().trim().min(1);
export const tags = z.array(z.string());
