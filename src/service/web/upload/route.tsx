import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Profiles } from '../../../archive/profiles/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import {
  actorOf,
  type FormFiles,
  logFailure,
  problemOf,
  type Received,
  readForm,
  readOn,
  receiveRecords,
  tablePart,
  type UploadedFile,
  type UploadForm,
} from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { emptyForm } from '../profile-fields.tsx';
import { ReceivedPage, receivedAddress } from '../receipt/received-page.tsx';
import { UploadPage } from './page.tsx';
import { formState, metadataOf } from './upload-form.ts';

/** The first page, and where its form goes. */
export const uploadPages: readonly PageRoute[] = [
  { method: 'get', path: '/', action: 'account.use', answer: show },
  { method: 'post', path: '/upload', action: 'record.submit', answer: receive },
  { method: 'post', path: '/upload/finished', action: 'record.submit', answer: finish },
  { method: 'get', path: '/upload', action: 'record.find', answer: ({ ctx }) => goTo(ctx, '/') },
];

async function show({ ctx, service, view, query }: PageRequest): Promise<void> {
  if (!view.may('record.submit')) {
    goTo(ctx, view.may('record.find') ? '/find' : '/audit'); // where readers begin, and those who see no record
    return;
  }
  const profiles = await service.context.profiles.current();
  answerWith(
    ctx,
    <UploadPage
      view={view}
      profiles={profiles.offered}
      profile={chosen(profiles, query.profile)}
      form={emptyForm}
      shared={await service.uploads.pending(actorOf(ctx))}
      idempotencyKey={randomUUID()}
    />,
  );
}

async function receive({ ctx, service, view }: PageRequest): Promise<void> {
  await receiveForm({ ctx, service, view }, readForm(ctx.req));
}

/** The form of files that were sent before, each by an upload that survives a broken connection. */
async function finish({ ctx, service, view }: PageRequest): Promise<void> {
  const sent = readForm(ctx.req);
  const table: Buffer[] = [];
  for await (const { field, content } of sent.files) // its fields are known when it was read
    if (field === tablePart) table.push(await buffer(content));
    else content.resume();
  const uploaded = uploadedFiles(sent.fields.get('uploads'));
  const { files, bytes } = await service.uploads.take(actorOf(ctx), uploaded);
  const form: UploadForm = { fields: sent.fields, announcedBytes: bytes, files: described(table, files) };
  if (await receiveForm({ ctx, service, view }, form)) await service.uploads.remove(uploaded);
}

/** The table of metadata before the files, as it stands in a form that brings both. */
async function* described(tables: readonly Buffer[], files: FormFiles): FormFiles {
  for (const table of tables) {
    const content = Readable.from([table], { objectMode: false });
    yield { field: tablePart, path: tablePart, content };
  }
  yield* files;
}

/** @returns whether anything was received */
async function receiveForm(
  { ctx, service, view }: Pick<PageRequest, 'ctx' | 'service' | 'view'>,
  form: UploadForm,
): Promise<boolean> {
  const profiles = await service.context.profiles.current();
  let incomplete = false;
  async function* noted(): FormFiles {
    for await (const file of form.files) {
      incomplete ||= file.field === tablePart;
      yield file;
    }
  }
  try {
    const outcomes = await receiveRecords(service, {
      actor: actorOf(ctx).name,
      form: { ...form, files: noted() },
      metadata: () => metadataOf(form.fields, profiles, { incomplete }),
      together: () => form.fields.get('together') === 'yes',
      idempotencyKey: () => form.fields.get('key'),
    });
    answerReceived({ ctx, service, view }, outcomes);
    return true;
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code === 'SUBMISSION_INCOMPLETE') throw error;
    const { code, status, detail } = problemOf(error, ctx.state.requestId);
    logFailure(service, ctx.state.requestId, error);
    answerWith(
      ctx,
      <UploadPage
        view={view}
        profiles={profiles.offered}
        profile={chosen(profiles, form.fields.get('profile'))}
        form={formState(form.fields, error, view.t)}
        idempotencyKey={randomUUID()}
        problem={view.t.language === 'en' && detail ? detail : view.t.problem(code)}
      />,
      status,
    );
    readOn(ctx);
    return false;
  }
}

/** What the page says of the files it sent before. @throws ArchiveError REQUEST_MALFORMED | SUBMISSION_EMPTY */
function uploadedFiles(text = ''): UploadedFile[] {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (cause) {
    throw new ArchiveError('REQUEST_MALFORMED', 'The list of uploads is not JSON.', { cause });
  }
  const isUpload = (one: unknown): one is UploadedFile =>
    typeof one === 'object' &&
    one !== null &&
    'id' in one &&
    typeof one.id === 'string' &&
    'path' in one &&
    typeof one.path === 'string';
  if (!Array.isArray(said) || !said.every(isUpload))
    throw new ArchiveError('REQUEST_MALFORMED', 'The list of uploads is not one.');
  if (said.length === 0) throw new ArchiveError('SUBMISSION_EMPTY', 'No file was sent. Choose what is to be archived.');
  return said;
}

/** To the receipt of one record, to the list of several; what was refused is told at once, for it is kept nowhere. */
function answerReceived(
  { ctx, service, view }: Pick<PageRequest, 'ctx' | 'service' | 'view'>,
  outcomes: readonly Received[],
) {
  const numbers = outcomes.flatMap((outcome) => ('received' in outcome ? [outcome.received.intake.recordNumber] : []));
  const refused = outcomes.flatMap((outcome) => {
    if ('received' in outcome) return [];
    logFailure(service, ctx.state.requestId, outcome.failure);
    return [{ names: outcome.names, problem: view.t.problem(problemOf(outcome.failure, '').code) }];
  });
  if (refused.length === 0) return goTo(ctx, receivedAddress(numbers));
  answerWith(ctx, <ReceivedPage view={view} records={[]} numbers={numbers} refused={refused} />, 422);
}

function chosen(profiles: Profiles, id: string | undefined) {
  const known = profiles.offered.some((profile) => profile.id === id);
  return profiles.find(known ? id : undefined);
}
