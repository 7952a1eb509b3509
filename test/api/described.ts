import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { Response } from 'supertest';
import { routes } from '../../src/service/http/index.ts';
import { openApiDocument } from '../../src/service/http/openapi.ts';

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
}

export const document = openApiDocument(routes, 'test') as Document;
const ajv = new Ajv2020({ allErrors: true, strict: false });
ajv.addSchema(document, 'api');

/**
 * Compares an answer with what the OpenAPI document says of it.
 * @returns the same answer, so that a test goes on with it
 */
export function described(response: Response): Response {
  const { method, path } = response.request as unknown as { method: string; url: string; path?: string } & {
    path: string;
  };
  const address = new URL(response.request.url).pathname;
  const template = templateOf(address);
  expect(template, `no path for ${address} in the OpenAPI document`).to.be.a('string');
  const operation = document.paths[template as string]?.[method.toLowerCase()];
  expect(operation, `${method} ${template} is not described`).to.be.an('object');
  const status = operation?.responses[response.status] ? String(response.status) : 'default';
  if (response.status < 400) expect(status, `${method} ${path} gives ${response.status}`).to.not.equal('default');
  const type = response.type;
  const content = operation?.responses[status]?.content;
  if (!content) return response;
  expect(Object.keys(content), `${method} ${template} ${response.status}`).to.include(type);
  if (type.endsWith('json')) validate(response, template as string, method, status, type);
  return response;
}

function validate(response: Response, template: string, method: string, status: string, type: string): void {
  const parts = ['paths', template, method.toLowerCase(), 'responses', status, 'content', type, 'schema'];
  const pointer = parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const check = ajv.compile({ $ref: `api#/${pointer}` });
  const body = type === 'application/json' ? response.body : JSON.parse(response.text ?? JSON.stringify(response.body));
  check(body);
  expect(check.errors ?? [], `${method} ${template} ${response.status}`).to.deep.equal([]);
}

/** The described path that an address belongs to; fixed parts win over parameters. */
function templateOf(address: string): string | undefined {
  const parts = address.replace('/api/v1', '').split('/');
  return Object.keys(document.paths).find((path) => {
    const wanted = path.split('/');
    return (
      wanted.length === parts.length && wanted.every((part, index) => part.startsWith('{') || part === parts[index])
    );
  });
}
