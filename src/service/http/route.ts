import type { Context } from 'koa';
import { type Action, type Actor, admitToRecord, authorize } from '../../archive/administration/index.ts';
import { type CatalogRecord, findRecordAsKnown } from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import { actorOf } from './authenticate.ts';
import type { Schema } from './schemas.ts';
import type { Service } from './service.ts';

/** An operation of the API: what it is for, what it takes and gives. The router and the OpenAPI document are made of it. */
export interface Route {
  readonly method: 'get' | 'post' | 'patch';
  /** Below `/api/v1`, with `:name` for parameters. */
  readonly path: string;
  /** The name by which programs call it, and one line on what it does. */
  readonly operation: string;
  readonly summary: string;
  /** What the caller must be allowed to do; asked before anything else happens. */
  readonly action: Action;
  readonly query?: Schema;
  readonly body?: RequestBody;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  readonly handle: (service: Service, request: ApiRequest) => Promise<void>;
}

export interface RequestBody {
  readonly type: 'application/json' | 'application/merge-patch+json' | 'multipart/form-data';
  readonly schema: Schema;
}

export interface Answer {
  readonly description: string;
  /** Media type → schema; without it the answer has no content that is described. */
  readonly content?: Readonly<Record<string, Schema>>;
  readonly headers?: readonly string[];
}

/** A request whose caller is known and allowed, and whose query and body fit their schemas. */
export interface ApiRequest {
  readonly ctx: Context;
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The JSON body; undefined where the route takes none. */
  readonly body: unknown;
}

/** An answer of JSON by the schema of this name. */
export function json(description: string, schema: string, headers?: readonly string[]): Answer {
  return {
    description,
    content: { 'application/json': { $ref: `#/components/schemas/${schema}` } },
    ...(headers ? { headers } : {}),
  };
}

/**
 * The record that a request is about, if the caller may do this with it.
 * @throws ArchiveError RECORD_UNKNOWN | NOT_AUTHORIZED | EMBARGOED | REASON_REQUIRED
 */
export async function recordFor(
  { context }: Pick<Service, 'context'>,
  ctx: Context,
  idOrNumber: string,
  action: Action,
): Promise<CatalogRecord> {
  const actor = actorOf(ctx);
  authorize(actor, action);
  const record = await findRecordAsKnown(context.catalog, actor.institution, idOrNumber);
  if (!record) throw new ArchiveError('RECORD_UNKNOWN', 'There is no such record.');
  authorize(actor, action, record);
  await admitToRecord(context, actor, record, action, reasonIn(ctx));
  return record;
}

/** Why the caller needs a record with personal data: `Trajno-Reason`, UTF-8 and percent-encoded. */
function reasonIn(ctx: Context): string | undefined {
  try {
    return decodeURIComponent(ctx.get('Trajno-Reason')) || undefined;
  } catch {
    throw new ArchiveError('REQUEST_MALFORMED', 'Trajno-Reason is not percent-encoded UTF-8.');
  }
}

/** A whole number from a path. @throws ArchiveError ADDRESS_UNKNOWN */
export function numberIn(text: string | undefined): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text ?? ''))
    throw new ArchiveError('ADDRESS_UNKNOWN', 'There is nothing at this address.');
  return Number(text);
}
