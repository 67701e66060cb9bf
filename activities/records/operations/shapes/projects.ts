import { z } from 'zod';
import { projectSources, projectStatuses } from '../../../../src/contract/operations/projects.ts';
import { base, nullableText, requiredText, tags } from './base.ts';

const createProject = z.object({
  ...base,
  kind: z.literal('create_project'),
  payload: z.object({
    projectId: z.uuid(),
    name: requiredText,
    description: nullableText,
    executiveSummary: nullableText,
    context: nullableText,
    startDate: nullableText,
    endDate: nullableText,
    source: z.enum(projectSources).exactOptional(),
    tags: tags.exactOptional(),
  }),
});

const updateProject = z.object({
  ...base,
  kind: z.literal('update_project'),
  payload: z.object({
    projectId: z.uuid(),
    changes: z.object({
      name: requiredText.exactOptional(),
      description: nullableText.exactOptional(),
      executiveSummary: nullableText.exactOptional(),
      context: nullableText.exactOptional(),
      status: z.enum(projectStatuses).exactOptional(),
      tags: tags.exactOptional(),
      startDate: nullableText.exactOptional(),
      endDate: nullableText.exactOptional(),
    }),
  }),
});

const createPhase = z.object({
  ...base,
  kind: z.literal('create_phase'),
  payload: z.object({
    phaseId: z.uuid(),
    projectId: z.uuid(),
    name: requiredText,
    description: nullableText,
    order: z.int(),
    startDate: z.string(),
    endDate: z.string(),
  }),
});

const updatePhase = z.object({
  ...base,
  kind: z.literal('update_phase'),
  payload: z.object({
    phaseId: z.uuid(),
    changes: z.object({
      name: requiredText.exactOptional(),
      description: nullableText.exactOptional(),
      order: z.int().exactOptional(),
      startDate: z.string().exactOptional(),
      endDate: z.string().exactOptional(),
    }),
  }),
});

const deletePhase = z.object({
  ...base,
  kind: z.literal('delete_phase'),
  payload: z.object({ phaseId: z.uuid() }),
});

export const projectShapes = [createProject, updateProject, createPhase, updatePhase, deletePhase] as const;
