import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import { amendRecord } from '../../../archive/ingest/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { fromFirstFile, readForm, type UploadForm } from '../form.ts';
import { json, type Route, recordFor } from '../route.ts';
import { list, object } from '../schemas.ts';
import type { Service } from '../service.ts';
import { entityTag, requireMatch } from './entity-tag.ts';
import { offeredFile } from './offers.ts';
import { presentRecord } from './presenter.ts';

const longestReason = 1000;

/** `POST /records/{record}/files`: a new version that has these files too. */
export const addTo: Route = {
  method: 'post',
  path: '/records/:record/files',
  operation: 'addFiles',
  summary: 'Add files to a record: a new version of the package; `reason` stands before the files',
  action: 'record.correct',
  body: {
    type: 'multipart/form-data',
    schema: object(
      {
        reason: { type: 'string', minLength: 1, maxLength: longestReason, description: 'Why; kept with the version' },
        file: list({ type: 'string', contentMediaType: 'application/octet-stream' }),
      },
      ['reason', 'file'],
    ),
  },
  answers: { 201: json('The record as it now is', 'Record', ['ETag']) },
  handle: async (service, { ctx, actor, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.correct');
    requireMatch(ctx, record);
    const amended = await addFilesTo(service, record, actor.name, readForm(ctx.req));
    ctx.status = 201;
    ctx.set('ETag', entityTag(amended));
    ctx.body = presentRecord(amended);
  },
};

/**
 * Takes files in for a stored record while they arrive.
 * @throws ArchiveError REQUEST_MALFORMED without a reason | SUBMISSION_EMPTY, and what intake refuses files for
 */
export async function addFilesTo(
  { context }: Pick<Service, 'context'>,
  record: CatalogRecord,
  actor: string,
  form: UploadForm,
): Promise<CatalogRecord> {
  const files = await fromFirstFile(form);
  const reason = form.fields.get('reason')?.trim() ?? '';
  if (reason === '' || reason.length > longestReason)
    throw new ArchiveError('REQUEST_MALFORMED', 'Say in “reason”, before the files, why they are added.');
  async function* offered() {
    for await (const file of files) yield offeredFile(file);
  }
  return amendRecord(context, {
    record: record.id,
    actor,
    reason,
    expectedVersion: record.version,
    files: offered(),
  });
}
