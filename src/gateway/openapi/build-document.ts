import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { mostFilesAtOnce } from '../../api/files-api.ts';
import type { WorkflowTypeView } from '../../contract/views.ts';
import { problemView } from '../../schemas/views/problem.ts';
import type { AnswerSpec, Route } from '../http/route.ts';
import { addWorkflowTypes } from './workflow-schemas.ts';

/** The document as JSON; its own type belongs to the library. */
export type OpenApiDocument = ReturnType<typeof createDocument>;

const problemMedia = 'application/problem+json';
const idempotencyKey = z.object({
  'Idempotency-Key': z.string().min(1).max(255).exactOptional().meta({
    description:
      'The same key with the same body is answered as the first time; with another body it is refused. It also makes a message to a run count once.',
  }),
});

function responseOf({ description, schema, mediaType }: AnswerSpec): ZodOpenApiResponseObject {
  if (schema !== undefined) return { description, content: { [mediaType ?? 'application/json']: { schema } } };
  return mediaType === undefined
    ? { description }
    : { description, content: { [mediaType]: { schema: { type: 'string' } } } };
}

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const responses: Record<string, ZodOpenApiResponseObject> = {};
  for (const [status, answer] of Object.entries(route.answers)) responses[status] = responseOf(answer);
  responses['default'] = { description: 'What went wrong.', content: { [problemMedia]: { schema: problemView } } };
  return Object.assign({}, responses);
}

const fileForm = z.object({
  file: z
    .array(z.string().meta({ format: 'binary' }))
    .min(1)
    .max(mostFilesAtOnce),
});

function bodyOf(route: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  const schema = route.bodyShown ?? route.body;
  if (schema === undefined) return {};
  const media = { json: 'application/json', calendar: 'text/calendar', file: '*/*' }[route.bodyType ?? 'json'];
  const form = route.bodyType === 'file' ? { 'multipart/form-data': { schema: fileForm } } : {};
  return { requestBody: { required: route.bodyOptional !== true, content: { [media]: { schema }, ...form } } };
}

function objectOrNone(schema: z.ZodType | undefined): z.ZodObject | undefined {
  return schema instanceof z.ZodObject ? schema : undefined;
}

function parametersOf(route: Route): Pick<ZodOpenApiOperationObject, 'requestParams'> {
  const path = objectOrNone(route.params);
  const query = objectOrNone(route.query);
  const header = route.method === 'post' && route.access !== 'public' ? idempotencyKey : undefined;
  const requestParams = { ...(path && { path }), ...(query && { query }), ...(header && { header }) };
  return Object.keys(requestParams).length === 0 ? {} : { requestParams };
}

function accessNote(route: Route): string {
  if (route.access === 'public') return 'Needs no token.';
  return route.access === 'token'
    ? 'Needs a token.'
    : `Needs a token with the scope ${route.access.map((scope) => `\`${scope}\``).join(' or ')}.`;
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  return {
    operationId: route.operation,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, accessNote(route)].filter((part) => part !== undefined).join('\n\n'),
    security: route.access === 'public' ? [] : [{ token: [] }],
    ...parametersOf(route),
    ...bodyOf(route),
    responses: responsesOf(route),
  };
}

function pathsOf(routes: readonly Route[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return paths;
}

/** The OpenAPI 3.1 document of the routes, with the workflow types' own schemas for what a start takes. */
export function buildDocument(
  routes: readonly Route[],
  about: { readonly version: string; readonly types: readonly WorkflowTypeView[] },
): OpenApiDocument {
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Steward',
      version: about.version,
      description:
        'Durable agentic planning workflows: state an intent, answer what is unclear, approve a proposal, and it is applied exactly once. Answers are under `data`; errors are problem documents (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An API token (`stw_…`).' } },
    },
    paths: pathsOf(routes),
  });
  return addWorkflowTypes(document, about.types);
}
