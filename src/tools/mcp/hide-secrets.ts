const shortest = 6;

/** Takes values out of a text that were filled in from the environment: a server's last words go to logs and models. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  // The longest first: one may be part of another. Very short ones are words.
  const values = secrets.filter((value) => value.length >= shortest).toSorted((a, b) => b.length - a.length);
  return values.reduce((shown, value) => shown.replaceAll(value, '[hidden]'), text);
}
