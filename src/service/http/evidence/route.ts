import { revalidationState, verdictHistory } from '../../../archive/data-management/index.ts';
import { evidenceState, versionEvidence, whatIf } from '../../../archive/preservation/index.ts';
import { utcSeconds } from '../../../base/index.ts';
import { json, type Route, recordFor } from '../route.ts';
import { evidenceQuery } from './schema.ts';
import { serveEvidence } from './serve-evidence.ts';

const readState: Route = {
  method: 'get',
  path: '/evidence',
  operation: 'readEvidenceState',
  summary:
    'How much is under a proof of existence, what waits, what is due, and what would be lost if something fell today',
  action: 'audit.read',
  query: evidenceQuery,
  answers: { 200: json('Where the evidence stands', 'EvidenceState') },
  handle: async ({ evidence }, { ctx, query }) => {
    const { authority, digest } = query as { authority?: string; digest?: string };
    const fallen = authority === undefined ? digest && { digest } : { authority };
    ctx.body = {
      ...(await evidenceState(evidence)),
      authorities: evidence.authorities.health().map(({ restsUntil, ...health }) => ({
        ...health,
        ...(restsUntil ? { restsUntil: utcSeconds(restsUntil) } : {}),
      })),
      revalidations: await revalidationState(evidence.catalog, utcSeconds(evidence.clock())),
      ...(fallen ? { lost: await whatIf(evidence, fallen) } : {}),
    };
  },
};

const readEvidenceRecord: Route = {
  method: 'get',
  path: '/records/:record/files/:file/evidence',
  operation: 'readEvidenceRecord',
  summary: 'The evidence record of an original file (RFC 4998, DER): with the file it is checked without the archive',
  action: 'record.read',
  answers: {
    200: {
      description: 'The evidence record',
      content: {
        'application/octet-stream': { type: 'string', contentMediaType: 'application/octet-stream' },
      },
      headers: ['Content-Disposition'],
    },
  },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
    await serveEvidence(service, ctx, record, params.file);
  },
};

const listVerdicts: Route = {
  method: 'get',
  path: '/records/:record/verdicts',
  operation: 'listVerdicts',
  summary: 'Every verdict on the signatures of a record since it was archived, and its proof of existence',
  action: 'record.read',
  answers: { 200: json('The verdicts, oldest first', 'VerdictHistory') },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
    const evidence =
      record.version > 0 ? await versionEvidence(service.evidence, record.id, record.version) : undefined;
    const { isTest, stampedAt, expiresAt } = evidence ?? {};
    ctx.body = {
      verdicts: await verdictHistory(service.evidence.catalog, record.id),
      ...(evidence ? { evidence: { batch: evidence.batch, isTest, stampedAt, expiresAt } } : {}),
    };
  },
};

export const evidenceRoutes: readonly Route[] = [readState, readEvidenceRecord, listVerdicts];
