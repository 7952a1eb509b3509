import { typeOf } from './problem.ts';
import type { Answer, RequestBody, Route } from './route.ts';
import { answerSchemas } from './routes.ts';
import type { Schema } from './schemas.ts';

/** The OpenAPI 3.1 description of the API, made of the same schemas that requests are checked by. */
export function openApiDocument(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([a-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Trajno',
      version,
      description: `An archive for signed electronic records. Errors are problem+json (RFC 9457); each type is explained at ${typeOf('CODE')}.`,
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'trajno_session' },
      },
      schemas: answerSchemas,
    },
  };
}

function operationOf(route: Route): object {
  return {
    operationId: route.operation,
    summary: route.summary,
    parameters: [...pathParameters(route.path), ...queryParameters(route.query), ...headerParameters(route)],
    ...(route.body ? { requestBody: requestBody(route.body) } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer)])),
      default: {
        description: 'A refusal, or a fault of the service',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function answerOf({ description, content, headers }: Answer): object {
  return {
    description,
    ...(content
      ? { content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }])) }
      : {}),
    ...(headers ? { headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])) } : {}),
  };
}

function requestBody({ type, schema }: RequestBody): object {
  return { required: true, content: { [type]: { schema } } };
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/:([a-z]+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: Schema | undefined): object[] {
  return Object.entries((query?.properties ?? {}) as Record<string, Schema>).map(
    ([name, { description, ...schema }]) => ({
      name,
      in: 'query',
      ...(description ? { description } : {}),
      schema,
    }),
  );
}

/** Headers that change what an operation does. */
function headerParameters(route: Route): object[] {
  const reason = header('Trajno-Reason', 'Why a record with personal data is needed: UTF-8, percent-encoded');
  return [...ownHeaders(route), ...(route.path.startsWith('/records/:record') ? [reason] : [])];
}

const header = (name: string, description: string) => ({ name, in: 'header', description, schema: { type: 'string' } });

function ownHeaders({ method, path, body }: Route): object[] {
  const match = [header('If-Match', 'The ETag of the record as you saw it; must be sent')];
  if (path.endsWith('/files')) return match;
  if (path === '/records/:record/certified-copies' && method === 'post')
    return [header('Idempotency-Key', 'The same key with the same wish gives the same copy again, for an hour')];
  if (path === '/records' && body?.type === 'multipart/form-data')
    return [
      header('Idempotency-Key', 'The same key with the same content gives the same record again'),
      header('Prefer', '`wait=N`: wait up to N seconds (60 at most) for the receipt of archiving'),
    ];
  if (method === 'patch') return match;
  if (path.includes('/files/')) return [header('Range', 'bytes=FIRST-LAST'), header('If-Range', 'The ETag')];
  return [];
}
