#!/usr/bin/env node
// Plain JavaScript, so that an old Node can read it and say what is wrong before it meets the first .ts file.
const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  console.error(
    `steward needs Node 24 or newer and runs on ${process.version}: use "npm start" or "npm run steward --", which bring their own ("npm rebuild node" if they don't).`,
  );
  process.exitCode = 1;
} else {
  await import('../src/cli/main.ts');
}
