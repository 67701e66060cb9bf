import type { ToolCallOutline } from '../../../activities/model/api.ts';
import type { ToolOutcome, UseToolParams } from '../../../activities/tools/api.ts';
import { outsideTools, tools } from '../activities.ts';
import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { findRequest, openRequest, waitForRequest } from '../requests/request.ts';
import { carrying } from '../steps/carry.ts';
import { runStep } from '../steps/step.ts';

export type ToolGrant = Pick<UseToolParams, 'loop' | 'granted' | 'scope'>;

// Tools from outside are named `<server>__<tool>`, and no others hold two underscores.
function proxyFor({ tool }: ToolCallOutline): typeof tools {
  return tool.includes('__') ? outsideTools : tools;
}

/** Makes one tool call, after a person's consent where its policy asks for it. Its result goes to the transcript. */
export async function useTool(context: RunContext, grant: ToolGrant, call: ToolCallOutline): Promise<ToolOutcome> {
  const verdict = await consent(context, grant, call);
  const spec = {
    type: 'tool',
    name: call.tool,
    title: `${call.tool} ${call.preview}`.slice(0, 120),
    slot: `${grant.loop}.${call.callId}`,
    forget: true,
  } as const;
  return await runStep(context, spec, async (step) => {
    const value = await carrying(context, async (changes) => {
      const params = {
        run: context.state.admitted.run,
        step,
        loop: grant.loop,
        callId: call.callId,
        granted: grant.granted,
        scope: grant.scope,
        verdict,
        changes,
      };
      const options = { activityId: `step-${step.number}`, summary: spec.title };
      return await proxyFor(call).useTool.executeWithOptions(options, [params]);
    });
    return { value: { ...value }, cost: null };
  });
}

function consentPath(loop: string, callId: string): string {
  return `question:confirm/${loop}.${callId}`;
}

/** A call is made and its consent used: what was answered is in the database, and nothing of it is carried on. */
export function forgetConsents(context: RunContext, loop: string, callId: string): void {
  const start = `${consentPath(loop, callId)}#`;
  for (const key of Object.keys(context.state.memo)) if (key.startsWith(start)) delete context.state.memo[key];
}

async function consent(
  context: RunContext,
  grant: ToolGrant,
  call: ToolCallOutline,
): Promise<UseToolParams['verdict']> {
  if (call.refusal !== null) return 'refused';
  if (call.policy === 'deny') return 'denied';
  if (call.policy === 'auto') return 'run';
  const title = `May the agent call ${call.tool}?`;
  const spec = { type: 'question', name: 'confirm', title, slot: `${grant.loop}.${call.callId}`, waits: true } as const;
  const allowed = await runStep(context, spec, async (ref, stepKey) => {
    const question = {
      key: 'allow',
      question: title,
      why: call.preview,
      kind: 'boolean',
      options: [],
      default: null,
    } as const;
    const { timing } = context.state.admitted;
    const earlier = findRequest(context, stepKey);
    if (earlier === undefined)
      record(context, { type: 'step.started', step: ref, input: { tool: call.tool, arguments: call.preview } });
    const asked = { stepKey, kind: 'confirmation', title, body: call.preview, questions: [question], timing } as const;
    const resolution = await waitForRequest(context, earlier ?? openRequest(context, asked));
    const value = resolution.kind === 'answers' && resolution.answers['allow'] === true;
    record(context, {
      type: 'step.finished',
      step: ref,
      status: 'completed',
      output: { allowed: value },
      reasoning: value ? 'The person allowed this call.' : 'The person did not allow this call.',
      cost: null,
      error: null,
    });
    return { value, cost: null };
  });
  return allowed ? 'allowed' : 'denied';
}
