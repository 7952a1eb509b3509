import {
  isSafeToShow,
  listCopies,
  openOriginal,
  readIngestReport,
  recordHistory,
} from '../../../archive/access/index.ts';
import { actionToAccept, authorize } from '../../../archive/administration/index.ts';
import {
  type CatalogRecord,
  copiesOf,
  findBatch,
  findCoverage,
  findRecord,
  verdictHistory,
  versionsOf,
} from '../../../archive/data-management/index.ts';
import { type Decision, decide } from '../../../archive/ingest/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import {
  actorOf,
  allowFrames,
  numberIn,
  readPlainForm,
  recordFor,
  serveEvidence,
  serveFile,
  servePackage,
} from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { add, correct, showCorrection } from './correct.tsx';
import { orderDip, showDipForm } from './dip.tsx';
import { RecordPage } from './page.tsx';
import { previewable, previewOf } from './preview.ts';
import { isOfPackage, type RecordFacts } from './record-facts.ts';

/** One record, what can be taken from it, and what can be done with it. */
export const recordPages: readonly PageRoute[] = [
  { method: 'get', path: '/records/:record', action: 'record.read', answer: show },
  { method: 'get', path: '/records/:record/files/:file', action: 'record.read', answer: takeFile },
  { method: 'get', path: '/records/:record/files/:file/evidence', action: 'record.read', answer: takeEvidence },
  { method: 'get', path: '/records/:record/versions/:version/package', action: 'record.export', answer: takePackage },
  { method: 'get', path: '/records/:record/dip', action: 'record.export', answer: showDipForm },
  { method: 'post', path: '/records/:record/dip', action: 'record.export', answer: orderDip },
  { method: 'get', path: '/records/:record/correct', action: 'record.correct', answer: showCorrection },
  { method: 'post', path: '/records/:record/correct', action: 'record.correct', answer: correct },
  { method: 'post', path: '/records/:record/add', action: 'record.correct', answer: add },
  { method: 'post', path: '/records/:record/decide', action: 'record.decide', answer: decideOn },
];

async function show({ ctx, service, view, params, query }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
  const preview = await previewOf(service, record, query.show);
  const facts = { ...(await factsOf({ service, view }, record)), ...(preview ? { preview } : {}) };
  if (preview?.shown.as === 'pdf') allowFrames(ctx); // the browser's own reader, for a file of ours
  answerWith(ctx, <RecordPage view={view} facts={facts} />);
}

/** The register has them all. */
const mostCopies = 20;

async function factsOf(
  { service, view }: Pick<PageRequest, 'service' | 'view'>,
  record: CatalogRecord,
): Promise<RecordFacts> {
  const { catalog, profiles, storage } = service.context;
  const [copies, independentCopies, versions, history, duplicate, coverage, verdicts, certified] = await Promise.all([
    copiesOf(catalog, record.id),
    storage.independentCopies(),
    versionsOf(catalog, record.id),
    recordHistory(service.context, record),
    record.duplicateOf ? findRecord(catalog, record.institution, record.duplicateOf) : undefined,
    findCoverage(catalog, record.id, record.version),
    verdictHistory(catalog, record.id),
    listCopies(service.context, { recordId: record.id, limit: mostCopies }),
  ]);
  const evidence = coverage && (await findBatch(catalog, coverage.batchId));
  const report = history.preservation.some(isOfPackage) ? await readIngestReport(service.context, record) : undefined;
  return {
    record,
    ...(report ? { report } : {}),
    profile: (await profiles.current()).find(record.profile.id, record.profile.version),
    copies,
    independentCopies,
    previewable: previewable(record),
    versions,
    history,
    verdicts,
    certifiedCopies: certified.copies,
    ...(evidence ? { evidence } : {}),
    ...(duplicate ? { duplicate } : {}),
    mayCorrect: view.may('record.correct'),
    mayDecide: view.may('record.decide'),
  };
}

async function takeFile({ ctx, service, params, query }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
  const original = await openOriginal(service.context, record, numberIn(params.file));
  serveFile(service, ctx, original, query.display === 'inline' && (await isSafeToShow(original)));
}

/** The evidence record of a file: with the file itself it is checked anywhere. */
async function takeEvidence({ ctx, service, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
  await serveEvidence(service, ctx, record, params.file);
}

async function takePackage({ ctx, service, params, query }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.export');
  await servePackage(service, ctx, record, numberIn(params.version), query.form === 'tar' ? 'tar' : 'zip');
}

const decisions: readonly string[] = ['accept', 'retry', 'return'];

async function decideOn({ ctx, service, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.decide');
  const form = await readPlainForm(ctx.req);
  const [decision = '', reason = ''] = [form.get('decision') ?? '', (form.get('reason') ?? '').trim()];
  if (!decisions.includes(decision) || reason === '' || reason.length > 1000)
    throw new ArchiveError('REQUEST_MALFORMED', 'Choose what is to be done, and say why.');
  if (decision === 'accept') authorize(actorOf(ctx), actionToAccept(record.reason?.code));
  await decide(service.context, service.ingest, {
    record: record.id,
    decision: decision as Decision,
    reason,
    actor: actorOf(ctx).name,
  });
  goTo(ctx, `/records/${record.number}`);
}
