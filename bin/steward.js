#!/usr/bin/env node
// Plain JavaScript, so that any Node can read it: Steward itself needs Node 24, which the package brings along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = 24;
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const brought = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

/** Runs Steward under the Node that the package brings, and is to the outside what that one is: signals in, exit out. */
function delegate() {
  const child = spawn(brought, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

if (Number.parseInt(process.versions.node, 10) >= needed) {
  await import(main);
} else if (existsSync(brought)) {
  delegate();
} else {
  process.stderr.write(
    `Steward needs Node ${needed} or newer; this is ${process.version}. Run "npm install" here: it brings one along.\n`,
  );
  process.exitCode = 1;
}
