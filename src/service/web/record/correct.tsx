import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import { type Amendment, amendRecord } from '../../../archive/ingest/index.ts';
import type { Profile } from '../../../archive/profiles/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, addFilesTo, problemOf, readForm, readPlainForm, recordFor } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest } from '../page-route.ts';
import { formState, valuesOf } from '../upload/upload-form.ts';
import { CorrectPage } from './correct-page.tsx';

/** Shows the form with what the record says now. */
export async function showCorrection({ ctx, service, view, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.correct');
  const profile = (await service.context.profiles.current()).find(record.profile.id, record.profile.version);
  const values = new Map(Object.entries(record.fields).map(([name, value]) => [name, String(value)]));
  values.set('title', record.title).set('category', record.category ?? '');
  answerWith(ctx, <CorrectPage view={view} record={record} profile={profile} form={{ values, faults: new Map() }} />);
}

/** Makes the new version, or shows the form again with what is wrong. */
export async function correct({ ctx, service, view, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.correct');
  const fields = new Map(await readPlainForm(ctx.req));
  const profile = (await service.context.profiles.current()).find(record.profile.id, record.profile.version);
  try {
    await amendRecord(service.context, amendmentOf(record, profile, fields, actorOf(ctx).name));
    goTo(ctx, `/records/${record.number}`);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const { code, status } = problemOf(error, ctx.state.requestId);
    if (status >= 500) throw error;
    const form = formState(fields, error, view.t);
    answerWith(
      ctx,
      <CorrectPage view={view} record={record} profile={profile} form={form} problem={view.t.problem(code)} />,
      status,
    );
  }
}

/** Takes in more files for the record. */
export async function add({ ctx, service, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.correct');
  await addFilesTo(service, record, actorOf(ctx).name, readForm(ctx.req));
  goTo(ctx, `/records/${record.number}`);
}

/** A field that was emptied goes; one that was left as it is stays. @throws ArchiveError REQUEST_MALFORMED */
function amendmentOf(
  record: CatalogRecord,
  profile: Profile,
  form: ReadonlyMap<string, string>,
  actor: string,
): Amendment {
  const reason = form.get('reason')?.trim() ?? '';
  const version = Number(form.get('version'));
  if (reason === '' || !Number.isInteger(version))
    throw new ArchiveError('REQUEST_MALFORMED', 'Say why the record is corrected.');
  const { title, ...said } = valuesOf(form, profile);
  const emptied = Object.keys(record.fields).filter((name) => form.has(`field.${name}`) && said[name] === undefined);
  const category = form.get('category')?.trim();
  return {
    record: record.id,
    actor,
    reason,
    expectedVersion: version,
    fields: { ...said, ...Object.fromEntries(emptied.map((name) => [name, null])) },
    ...(title === undefined ? {} : { title }),
    ...(category ? { category } : {}),
  };
}
