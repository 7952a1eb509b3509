import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OfferedMetadata } from '../../../archive/ingest/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { logFailure } from '../access-log.ts';
import { readForm } from '../form.ts';
import { waitOf, within } from '../preferences.ts';
import { type ApiRequest, json, type Route } from '../route.ts';
import type { Service } from '../service.ts';
import { placesOf } from '../validation.ts';
import { presentReceived, presentRecord, presentRefused } from './presenter.ts';
import { type Received, receiveRecords } from './receive-records.ts';
import { metadataSchema, submissionBody, submissionQuery } from './schema.ts';

const isMetadata = new Ajv2020({ allErrors: true }).compile<OfferedMetadata>(metadataSchema);

/** The main job over HTTP: files in, the receipt of intake at once, or on wish the receipt of archiving. */
export const submit: Route = {
  method: 'post',
  path: '/records',
  operation: 'submitRecords',
  summary: 'Hand over files: streamed, with an Idempotency-Key if wanted; `Prefer: wait=N` waits for the archiving',
  action: 'record.submit',
  query: submissionQuery,
  body: { type: 'multipart/form-data', schema: submissionBody },
  answers: {
    201: json('Every record is archived or safely kept', 'Submitted', ['Location', 'Preference-Applied']),
    202: json('Received: the receipt of intake, what follows goes on by itself', 'Submitted', ['Location']),
  },
  handle: async (service, { ctx, actor, query }) => {
    const key = idempotencyKeyOf(ctx.get('Idempotency-Key'));
    const form = readForm(ctx.req);
    const outcomes = await receiveRecords(service, {
      actor: actor.name,
      form,
      metadata: () => metadataIn(form.fields),
      together: () => query.together !== false,
      idempotencyKey: () => key,
    });
    await present(service, ctx, outcomes);
  },
};

async function present(service: Service, ctx: ApiRequest['ctx'], outcomes: readonly Received[]): Promise<void> {
  const wait = waitOf(ctx);
  const settled = await Promise.all(outcomes.map((outcome) => settledWithin(outcome, wait)));
  const isDone = settled.every((record) => record !== undefined && ['archived', 'awaiting'].includes(record.state));
  ctx.status = isDone ? 201 : 202;
  if (wait > 0) ctx.set('Preference-Applied', `wait=${wait}`);
  const [first] = outcomes;
  if (first && 'received' in first && outcomes.length === 1)
    ctx.set('Location', `/api/v1/records/${first.received.submission.id}`);
  const { requestId } = ctx.state;
  for (const outcome of outcomes) if ('failure' in outcome) logFailure(service, requestId, outcome.failure);
  ctx.body = {
    records: outcomes.map((outcome, index) => {
      if ('failure' in outcome) return presentRefused(outcome, requestId);
      const record = settled[index];
      const received = presentReceived(outcome.received);
      return record ? { ...received, ...presentRecord(record) } : received;
    }),
  };
}

/** The record when it came to rest in time; what failed for a passing reason is tried again and is not at rest. */
async function settledWithin(outcome: Received, seconds: number) {
  if ('failure' in outcome) return undefined;
  return within(
    outcome.atRest.catch(() => undefined),
    seconds,
  );
}

/** @throws ArchiveError METADATA_INVALID | REQUEST_MALFORMED */
function metadataIn(fields: ReadonlyMap<string, string>): OfferedMetadata | undefined {
  const text = fields.get('metadata');
  if (text === undefined) return undefined;
  let metadata: unknown;
  try {
    metadata = JSON.parse(text);
  } catch (cause) {
    throw new ArchiveError('REQUEST_MALFORMED', 'The part “metadata” is not JSON.', { cause });
  }
  if (isMetadata(metadata)) return metadata;
  throw new ArchiveError('METADATA_INVALID', 'The part “metadata” has not the form that is asked for.', {
    places: placesOf(isMetadata.errors),
  });
}

/** @throws ArchiveError REQUEST_MALFORMED */
function idempotencyKeyOf(header: string): string | undefined {
  if (header === '') return undefined;
  const key = header.replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw new ArchiveError('REQUEST_MALFORMED', 'An Idempotency-Key has 1 to 200 visible ASCII characters.');
  return key;
}
