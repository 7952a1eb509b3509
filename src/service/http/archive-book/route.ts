import {
  type BookForm,
  bookCells,
  enterPaperRow,
  enterRows,
  makeTranscript,
  type PaperRow,
  printBook,
  proposeRows,
  submitTranscript,
  transcriptFile,
  transcriptsDue,
} from '../../../archive/administration/index.ts';
import {
  type BookRow,
  type BookTranscript,
  findCreator,
  listBookRows,
  listCreators,
  listTranscripts,
} from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { json, type Route } from '../route.ts';
import { documentAnswer, sendDocument } from '../send-document.ts';
import { bookQuery, paperRowBody, rowsBody, submissionOfTranscriptBody, transcriptBody } from './schema.ts';

const read: Route = {
  method: 'get',
  path: '/creators/:creator/archive-book',
  operation: 'readArchiveBook',
  summary:
    'The archive book (form AK) of a creator: JSON with the rows that are still to be entered, CSV, XLSX, or PDF/A',
  action: 'office.read',
  query: bookQuery,
  answers: {
    200: {
      ...documentAnswer('The book', ['csv', 'xlsx', 'pdf']),
      content: { ...json('', 'ArchiveBook').content, ...documentAnswer('', ['csv', 'xlsx', 'pdf']).content },
    },
  },
  handle: async ({ context }, { ctx, actor, params, query }) => {
    const { form, year, versions } = query as { form: 'json' | BookForm; year?: string; versions: boolean };
    const creator = await findCreator(context.catalog, actor.institution, params.creator ?? '');
    if (!creator) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such creator.');
    const narrow = year ? { year } : {};
    if (form !== 'json') {
      const bytes = await printBook(context, { creator: creator.id, form, ...narrow });
      sendDocument(ctx, `arhivska-knjiga${year ? `-${year}` : ''}.${form}`, form, bytes);
      return;
    }
    const proposed = await proposeRows(context, context.catalog, creator, year);
    ctx.body = {
      creator: creator.id,
      rows: (await listBookRows(context.catalog, creator.id, { ...narrow, versions })).map(presentRow),
      proposed: proposed.map(({ facts, corrects, ...row }) => ({
        ...row,
        ...facts,
        ...(corrects ? { corrects: corrects.number } : {}),
      })),
    };
  },
};

const enter: Route = {
  method: 'post',
  path: '/creators/:creator/archive-book/entries',
  operation: 'enterBookRows',
  summary: 'Enter the rows that follow from what is archived; rows that changed get a new version',
  action: 'office.change',
  body: { type: 'application/json', schema: rowsBody },
  answers: { 201: json('How many rows were entered', 'EnteredRows') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const { year } = body as { year?: string };
    const entered = await enterRows(context, {
      creator: params.creator ?? '',
      actor: actor.name,
      ...(year ? { year } : {}),
    });
    ctx.status = 201;
    ctx.body = { entered };
  },
};

const enterPaper: Route = {
  method: 'post',
  path: '/creators/:creator/archive-book/paper-entries',
  operation: 'enterPaperRow',
  summary: 'Enter a row of paper material, or correct one: the old version stays to be seen',
  action: 'office.change',
  body: { type: 'application/json', schema: paperRowBody },
  answers: { 201: json('Its ordinal number', 'EnteredRow') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const row = body as Omit<PaperRow, 'actor' | 'creator'>;
    const number = await enterPaperRow(context, { ...row, creator: params.creator ?? '', actor: actor.name });
    ctx.status = 201;
    ctx.body = { number };
  },
};

const transcripts: Route = {
  method: 'get',
  path: '/archive-book/transcripts',
  operation: 'listTranscripts',
  summary: 'Transcripts for the competent archive, and which is due by 30 April',
  action: 'office.read',
  answers: { 200: json('The transcripts', 'TranscriptList') },
  handle: async ({ context }, { ctx, actor }) => {
    const found: BookTranscript[] = [];
    for (const { id } of await listCreators(context.catalog, actor.institution))
      found.push(...(await listTranscripts(context.catalog, id)));
    ctx.body = { transcripts: found.map(presentTranscript), due: await transcriptsDue(context) };
  },
};

const transcribe: Route = {
  method: 'post',
  path: '/creators/:creator/archive-book/transcripts',
  operation: 'makeTranscript',
  summary: 'Make the transcript of a year, sealed and kept',
  action: 'office.change',
  body: { type: 'application/json', schema: transcriptBody },
  answers: { 201: json('The transcript', 'Transcript') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const { year } = body as { year: string };
    ctx.status = 201;
    ctx.body = presentTranscript(
      await makeTranscript(context, { creator: params.creator ?? '', year, actor: actor.name }),
    );
  },
};

const submit: Route = {
  method: 'post',
  path: '/archive-book/transcripts/:transcript/submission',
  operation: 'submitTranscript',
  summary: 'That a transcript was handed to the competent archive: day, letter, channel',
  action: 'office.change',
  body: { type: 'application/json', schema: submissionOfTranscriptBody },
  answers: { 200: json('The transcript', 'Transcript') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const said = body as { submittedOn: string; letter: string; channel: string };
    const transcript = params.transcript ?? '';
    ctx.body = presentTranscript(await submitTranscript(context, { ...said, transcript, actor: actor.name }));
  },
};

const readTranscript: Route = {
  method: 'get',
  path: '/archive-book/transcripts/:transcript/document',
  operation: 'readTranscript',
  summary: 'A transcript as it was printed and sealed (PDF/A)',
  action: 'office.read',
  answers: { 200: documentAnswer('The transcript', ['pdf']) },
  handle: async ({ context }, { ctx, params }) => {
    sendDocument(ctx, 'prepis.pdf', 'pdf', await transcriptFile(context, params.transcript ?? ''));
  },
};

function presentRow(row: BookRow): object {
  const { institution: _institution, creator: _creator, list: _list, facts, ...rest } = row;
  return { ...rest, ...facts, columns: bookCells(row) };
}

function presentTranscript({ institution: _institution, ...transcript }: BookTranscript): object {
  return transcript;
}

export const archiveBookRoutes: readonly Route[] = [
  read,
  enter,
  enterPaper,
  transcripts,
  transcribe,
  submit,
  readTranscript,
];
