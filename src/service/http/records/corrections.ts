import { actionToAccept, authorize } from '../../../archive/administration/index.ts';
import { type Amendment, amendRecord, type Decision, decide } from '../../../archive/ingest/index.ts';
import { json, type Route, recordFor } from '../route.ts';
import { entityTag, requireMatch } from './entity-tag.ts';
import { presentRecord } from './presenter.ts';
import { correctionBody, decisionBody } from './schema.ts';

const correct: Route = {
  method: 'patch',
  path: '/records/:record',
  operation: 'correctRecord',
  summary: 'Correct title, category or fields: a new version of the package; the one before stays readable',
  action: 'record.correct',
  body: { type: 'application/merge-patch+json', schema: correctionBody },
  answers: { 200: json('The record as it now is', 'Record', ['ETag']) },
  handle: async (service, { ctx, actor, params, body }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.correct');
    requireMatch(ctx, record);
    const { title, category, creator, archiveConsent, fields, reason } = body as Omit<Amendment, 'record' | 'actor'>;
    const corrected = await amendRecord(service.context, {
      record: record.id,
      actor: actor.name,
      expectedVersion: record.version,
      reason,
      ...(title === undefined ? {} : { title }),
      ...(category === undefined ? {} : { category }),
      ...(creator === undefined ? {} : { creator }),
      ...(archiveConsent === undefined ? {} : { archiveConsent }),
      ...(fields === undefined ? {} : { fields }),
    });
    ctx.set('ETag', entityTag(corrected));
    ctx.body = presentRecord(corrected);
  },
};

const decideOn: Route = {
  method: 'post',
  path: '/records/:record/decisions',
  operation: 'decideOnRecord',
  summary: 'Decide on a record that waits for a person: accept, retry or return',
  action: 'record.decide',
  body: { type: 'application/json', schema: decisionBody },
  answers: { 200: json('The record as it stands after the decision', 'Record', ['ETag']) },
  handle: async (service, { ctx, actor, params, body }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.decide');
    const { decision, reason } = body as { decision: Decision; reason: string };
    if (decision === 'accept') authorize(actor, actionToAccept(record.reason?.code));
    const decided = await decide(service.context, service.ingest, {
      record: record.id,
      actor: actor.name,
      decision,
      reason,
    });
    ctx.set('ETag', entityTag(decided));
    ctx.body = presentRecord(decided);
  },
};

/** What people change of a record. */
export const actOn: readonly Route[] = [correct, decideOn];
