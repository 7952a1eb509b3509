/** A JSON Schema (2020-12), as OpenAPI 3.1 has it. */
export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: 'string' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const utc: Schema = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' };
export const day: Schema = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
export const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

/** An object whose members are listed; those named must be there. */
export function object(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: 'object', properties, required };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

/** The schema of this name in the OpenAPI document. */
export function named(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** The query of a list that comes in pages. */
export const paging: Readonly<Record<string, Schema>> = {
  cursor: { type: 'string', pattern: '^[1-9][0-9]{0,14}$', description: '`next` of the page before' },
  limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
};

/** RFC 9457. */
export const problemSchema = object(
  {
    type: text,
    title: text,
    status: count,
    code: text,
    detail: text,
    instance: text,
    errors: list(object({ pointer: text, detail: text }, ['pointer', 'detail'])),
  },
  ['type', 'title', 'status', 'code', 'instance'],
);
