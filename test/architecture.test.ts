import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { importFixtures as fixtures, importTargets as targets } from './support/import-fixtures.ts';

const root = join(import.meta.dirname, '..');
const productFolders = ['src', 'activities', 'workflows'];

const cruise = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});
const lint = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

async function productFiles(): Promise<readonly string[]> {
  const lists = await Promise.all(
    productFolders.map(async (folder) => {
      const names = await readdir(join(root, folder), { recursive: true });
      return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name));
    }),
  );
  return lists.flat();
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-architecture-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', '.oxlintrc.json']) {
    await writeFile(join(folder, name), await readFile(join(root, name)));
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the import rules', () => {
  let broken: Map<string, Set<string>>;

  beforeAll(async () => {
    await write(folder, targets);
    await write(folder, Object.fromEntries(fixtures.map(({ file, imports }) => [file, `${imports}\n`])));
    const command = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...productFolders];
    const { stdout } = await execa('depcruise', command, {
      cwd: folder,
      preferLocal: true,
      localDir: root,
      reject: false,
    });
    broken = new Map(fixtures.map(({ file }) => [file, new Set()]));
    for (const { from, rule } of cruise.parse(JSON.parse(stdout)).summary.violations) broken.get(from)?.add(rule.name);
  });

  test.each(fixtures.filter(({ breaks }) => breaks !== null))(
    'refuse $file with $imports ($breaks)',
    ({ file, breaks }) => {
      expect([...(broken.get(file) ?? [])]).toContain(breaks);
    },
  );

  test.each(fixtures.filter(({ breaks }) => breaks === null))('let $file import what its layer may', ({ file }) => {
    expect([...(broken.get(file) ?? [])]).toEqual([]);
  });
});

describe('the lint rules', () => {
  const slips: readonly (readonly [string, string, string])[] = [
    [
      'floating',
      'typescript(no-floating-promises)',
      'export function act(work: () => Promise<void>): void { work(); }',
    ],
    [
      'misused',
      'typescript(no-misused-promises)',
      'export function act(on: (f: () => void) => void): void { on(async () => { await 1; }); }',
    ],
    ['any', 'typescript(no-explicit-any)', 'export function act(value: any): void { void value; }'],
    [
      'bang',
      'typescript(no-non-null-assertion)',
      'export function act(value: string | null): number { return value!.length; }',
    ],
    ['ignore', 'typescript(ban-ts-comment)', '// @ts-ignore\nexport const wrong: number = "";'],
    ['environment', 'node(no-process-env)', 'export const home = process.env["HOME"];'],
    ['default', 'import(no-default-export)', 'export default 1;'],
    [
      'long-file',
      'eslint(max-lines)',
      Array.from({ length: 301 }, (_, line) => `export const line${line} = ${line};`).join('\n'),
    ],
    ['long-function', 'eslint(max-lines-per-function)', `export function act(): void {\n${'  void 0;\n'.repeat(60)}}`],
    [
      'many-parameters',
      'eslint(max-params)',
      'export function act(a: 1, b: 2, c: 3, d: 4): void { void [a, b, c, d]; }',
    ],
  ];
  let found: Map<string, Set<string>>;

  beforeAll(async () => {
    await write(folder, Object.fromEntries(slips.map(([name, , text]) => [`src/slips/${name}.ts`, `${text}\n`])));
    const command = ['--config', '.oxlintrc.json', '--format', 'json', 'src/slips'];
    const { stdout } = await execa('oxlint', command, {
      cwd: folder,
      preferLocal: true,
      localDir: root,
      reject: false,
    });
    found = new Map();
    for (const { code, filename } of lint.parse(JSON.parse(stdout)).diagnostics) {
      found.set(filename, (found.get(filename) ?? new Set()).add(code));
    }
  });

  test.each(slips)('refuse %s by %s', (name, code) => {
    expect([...(found.get(`src/slips/${name}.ts`) ?? [])]).toContain(code);
  });
});

describe('the tree', () => {
  test('keeps every file within 300 lines', async () => {
    const files = await productFiles();
    const counts = await Promise.all(
      files.map(async (file) => ({ file, lines: (await readFile(join(root, file), 'utf8')).split('\n').length - 1 })),
    );
    expect(counts.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test('keeps every folder within 16 files', async () => {
    const counts = new Map<string, number>();
    for (const file of await productFiles()) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 16)).toEqual([]);
  });

  test.each(['@temporalio/common', '@temporalio/workflow', '@temporalio/proto', 'protobufjs'])(
    'has one copy of %s, or histories and payloads would not be recognized across copies',
    async (name) => {
      const lock = z
        .object({ packages: z.record(z.string(), z.unknown()) })
        .parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
      const copies = Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${name}`));
      expect(copies).toEqual([`node_modules/${name}`]);
    },
  );

  test('pins every dependency to one exact version', async () => {
    const versions = z.record(z.string(), z.string());
    const manifest = z
      .object({ dependencies: versions, devDependencies: versions })
      .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});
