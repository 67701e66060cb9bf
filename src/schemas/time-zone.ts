import { z } from 'zod';

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** An IANA name. */
export const timeZoneName = z
  .string()
  .max(100)
  .refine(isTimeZone, 'is no time zone; use an IANA name such as Europe/Berlin');
