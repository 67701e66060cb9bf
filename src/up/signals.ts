// A terminal's Ctrl-C reaches the whole process group, so a parent that passes signals on makes two of it.
const sameSignalMs = 1_000;

/** Resolves with the name of the first SIGINT or SIGTERM; another one later ends the process at once. */
export async function stopSignal(): Promise<NodeJS.Signals> {
  return await new Promise((resolve) => {
    let firstMs: number | null = null;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (firstMs !== null && Date.now() - firstMs > sameSignalMs) process.exit(130);
      firstMs ??= Date.now();
      resolve(signal);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
