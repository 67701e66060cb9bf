import { z } from 'zod';
import { dataOf } from '../../../schemas/views/common.ts';
import { artifactView } from '../../../schemas/views/run.ts';
import { id } from '../../http/inputs.ts';
import { ok, text } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import { safeType } from '../../http/safe-type.ts';

const params = z.object({ artifactId: id });

export const artifactRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/runs/:runId/artifacts',
    tag: 'Runs',
    operation: 'listArtifacts',
    summary: 'Documents that the run made',
    access: ['runs'],
    params: z.object({ runId: id }),
    answers: { 200: { description: 'All of them.', schema: dataOf(z.array(artifactView)) } },
    handle: async ({ api, params: { runId } }) => ok(await api.listArtifacts({ runId })),
  }),
  defineRoute({
    method: 'get',
    path: '/api/artifacts/:artifactId',
    tag: 'Runs',
    operation: 'readArtifact',
    summary: 'A document and what it says',
    access: ['runs'],
    params,
    answers: {
      200: { description: 'The document.', schema: dataOf(z.object({ artifact: artifactView, text: z.string() })) },
    },
    handle: async ({ api, params: { artifactId } }) => ok(await api.readArtifact({ artifactId })),
  }),
  defineRoute({
    method: 'get',
    path: '/api/artifacts/:artifactId/content',
    tag: 'Runs',
    operation: 'downloadArtifact',
    summary: 'Download a document',
    access: ['runs'],
    params,
    answers: { 200: { description: 'The document itself, as an attachment.', mediaType: 'text/plain' } },
    handle: async ({ api, params: { artifactId } }) => {
      const found = await api.readArtifact({ artifactId });
      return text(safeType(found.artifact.mimeType), found.text, { filename: found.artifact.name });
    },
  }),
];
