#!/usr/bin/env node
// Plain JavaScript, so that any Node can read it: Steward itself needs Node 24, which the package brings along.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = 24;
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const brought = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= needed) {
  await import(main);
} else if (existsSync(brought)) {
  const run = spawnSync(brought, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (run.signal !== null) process.kill(process.pid, run.signal);
  process.exitCode = run.status ?? 1;
} else {
  process.stderr.write(`Steward needs Node ${needed} or newer; this is ${process.version}. Run "npm install" here: it brings one along.\n`);
  process.exitCode = 1;
}
