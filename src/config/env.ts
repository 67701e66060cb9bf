/** The variables of a process, by name. */
export type Environment = Readonly<Record<string, string>>;

/**
 * The process's environment, read here and nowhere else. A variable set to nothing counts as not set, as compose files
 * write `KEY: ${KEY:-}`.
 */
export function readEnvironment(): Environment {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => {
    const value = entry[1];
    return value !== undefined && value.trim() !== '';
  });
  return Object.fromEntries(entries);
}
