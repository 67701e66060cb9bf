import { builtInTools } from '../../../activities/tools/built-in.ts';
import type { ToolOutcome, UseToolParams } from '../../../activities/tools/api.ts';
import { appendMessage, readTranscript } from '../../../activities/tools/transcript.ts';
import { writeChanges } from '../../../activities/records/project-changes.ts';
import type { ChatMessage } from '../../../src/models/model-service.ts';
import { step } from './harness.ts';
import type { World } from './harness.ts';

const everything = builtInTools.map((tool) => tool.name);
export const loop = 'agent-1';

export type ToolCalls = {
  /** The model asks for a tool; the call's parameters for `useTool` come back. */
  readonly ask: (name: string, args: string, fields?: Partial<UseToolParams>) => Promise<UseToolParams>;
  readonly use: (params: UseToolParams, attempt?: number) => Promise<ToolOutcome>;
  readonly transcript: () => Promise<readonly ChatMessage[]>;
};

/** Calls of tools in the loop of a world's run. */
export function toolCalls(world: () => World): ToolCalls {
  return {
    ask: async (name, args, fields = {}) => {
      const { database, run } = world();
      await database.asService(async (tx) => {
        await writeChanges(tx, { run, changes: [] });
        const message = { role: 'assistant', content: null, toolCalls: [{ id: 'c1', name, arguments: args }] } as const;
        await appendMessage(tx, { run, loop }, { message, tokens: 5 });
      });
      const ref = step(4, { type: 'tool', name, path: `tool:${name}/${loop}.c1` });
      const base = { run, step: ref, loop, callId: 'c1', granted: everything, changes: [] };
      return { ...base, verdict: 'allowed', ...fields };
    },
    use: async (params, attempt = 1) => await world().as(attempt).useTool(params),
    transcript: async () => {
      const { database, run } = world();
      return await database.asService(async (tx) => await readTranscript(tx, { run, loop }));
    },
  };
}
