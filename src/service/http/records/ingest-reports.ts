import { readIngestReport } from '../../../archive/access/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { json, type Route, recordFor } from '../route.ts';
import { count, list, object, type Schema, sha256, text } from '../schemas.ts';

/** `GET /records/{record}/ingest-report`: what was found in the producer's package, kept and ignored. */
export const readReport: Route = {
  method: 'get',
  path: '/records/:record/ingest-report',
  operation: 'readIngestReport',
  summary: 'What was found in the package that the record came in, what was kept of it and what was ignored',
  action: 'record.read',
  answers: { 200: json('The report', 'IngestReport') },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
    const report = await readIngestReport(service.context, record);
    if (!report)
      throw new ArchiveError('FILE_UNKNOWN', 'This record has no ingest report: it was not made from a package.');
    ctx.body = report;
  },
};

const reportedFile = object(
  {
    path: { ...text, description: 'From the root of what was sent; a folder ends with a slash' },
    size: count,
    kept: { enum: ['original', 'submission', 'ignored'] },
    as: { ...text, description: 'Where it lies in the archival package' },
    reason: { enum: ['SYSTEM_FILE', 'EMPTY_FOLDER'] },
  },
  ['path', 'size', 'kept'],
);

export const ingestReportSchemas: Readonly<Record<'IngestReport', Schema>> = {
  IngestReport: object(
    {
      format: { const: 'trajno-ingest-report/1' },
      package: object(
        {
          kind: { enum: ['bag', 'SIP'] },
          specification: text,
          archive: object({ name: text, size: count, sha256 }, ['name', 'size', 'sha256']),
        },
        ['kind', 'specification'],
      ),
      found: object({ files: count, bytes: count }, ['files', 'bytes']),
      kept: object({ originals: count, submission: count, ignored: count }, ['originals', 'submission', 'ignored']),
      checksums: object({ algorithms: list(text), compared: count }, ['algorithms', 'compared']),
      files: list(reportedFile),
      mapped: list(object({ from: text, to: text, value: text }, ['from', 'to', 'value'])),
      findings: list(
        object({ id: text, level: text, message: text, place: text }, ['id', 'level', 'message', 'place']),
      ),
    },
    ['format', 'package', 'found', 'kept', 'checksums', 'files', 'mapped', 'findings'],
  ),
};
