import { fileURLToPath } from 'node:url';
import { startSteward } from '../steward.ts';
import type { TestSteward, TestStewardOptions } from '../steward.ts';
import { probeCatalog } from './type.ts';

const entry = fileURLToPath(new URL('workflow.ts', import.meta.url));

/** A Steward that knows the probe type too. */
export async function startProbeSteward(options: Omit<TestStewardOptions, 'types'>): Promise<TestSteward> {
  return await startSteward({ ...options, types: { entry, catalog: probeCatalog } });
}
