import {
  bookCells,
  enterPaperRow,
  enterRows,
  makeTranscript,
  printBook,
  proposeRows,
  submitTranscript,
  transcriptFile,
  transcriptsDue,
} from '../../../archive/administration/index.ts';
import {
  type BookTranscript,
  type Creator,
  listBookRows,
  listTranscripts,
} from '../../../archive/data-management/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { TextField } from '../fields.tsx';
import type { PageRequest, PageRoute } from '../page-route.ts';
import type { PageView } from '../page-view.ts';
import { chosenCreator, readOfficeForm, sendAttachment } from './form.ts';
import { CreatorChoice, DayField, Downloads, NoCreator, OfficeForm, OfficePage, OfficeTable } from './parts.tsx';

/** The archive book (form AK), its printing, and the transcripts that the competent archive gets by 30 April. */
export const bookPages: readonly PageRoute[] = [
  { method: 'get', path: '/office/book', action: 'office.read', answer: show },
  { method: 'get', path: '/office/book/:creator/print', action: 'office.read', answer: print },
  { method: 'post', path: '/office/book/:creator/rows', action: 'office.change', answer: enter },
  { method: 'post', path: '/office/book/:creator/paper', action: 'office.change', answer: enterPaper },
  { method: 'post', path: '/office/book/:creator/transcripts', action: 'office.change', answer: transcribe },
  { method: 'get', path: '/office/transcripts/:transcript/document', action: 'office.read', answer: giveTranscript },
  { method: 'post', path: '/office/transcripts/:transcript/submission', action: 'office.change', answer: submit },
];

const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'] as const;

async function show(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const { t } = view;
  const { context } = service;
  const { creators, chosen } = await chosenCreator(request);
  const rows = chosen ? await listBookRows(context.catalog, chosen.id) : [];
  const proposed = chosen ? await proposeRows(context, context.catalog, chosen) : [];
  const due = (await transcriptsDue(context)).find(({ creator }) => creator === chosen?.id);
  const transcripts = chosen ? await listTranscripts(context.catalog, chosen.id) : [];
  const base = `/office/book/${chosen?.id}`;
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.book')} room="book">
      {chosen ? <CreatorChoice view={view} creators={creators} chosen={chosen} /> : <NoCreator view={view} />}
      {due && ['due', 'overdue'].includes(due.state) ? (
        <p class={due.state === 'overdue' ? 'notice bad' : 'notice open'}>
          {t.say('book.due', { year: due.year, day: t.day(due.dueOn) })}
        </p>
      ) : null}
      {chosen && proposed.length > 0 ? (
        <section aria-labelledby="proposed-title">
          <h2 id="proposed-title">{t.say('book.proposed')}</h2>
          <p>{t.say('book.proposedLead', { n: proposed.length })}</p>
          {view.may('office.change') ? (
            <form method="post" action={`${base}/rows`}>
              <button type="submit" class="primary">
                {t.say('book.enter')}
              </button>
            </form>
          ) : null}
        </section>
      ) : null}
      {chosen && rows.length > 0 ? (
        <>
          <Downloads
            of={(['pdf', 'xlsx', 'csv', 'json'] as const).map((form) => [
              `${base}/print?form=${form}`,
              form.toUpperCase(),
            ])}
          />
          <OfficeTable
            caption={t.say('office.book')}
            columns={columns.map((column) => t.say(`column.${column}`))}
            rows={rows.map(bookCells)}
          />
        </>
      ) : chosen ? (
        <p class="empty">{t.say('book.empty')}</p>
      ) : null}
      {chosen && view.may('office.change') ? <PaperForm view={view} base={base} /> : null}
      {chosen ? <Transcripts view={view} creator={chosen} transcripts={transcripts} /> : null}
    </OfficePage>,
  );
}

function PaperForm({ view: { t }, base }: { readonly view: PageView; readonly base: string }) {
  return (
    <OfficeForm title={t.say('book.paper')} action={`${base}/paper`}>
      {(['mark', 'yearFrom', 'yearTo', 'content', 'period', 'consent', 'quantity', 'place'] as const).map((name) => (
        <TextField key={name} id={name} label={t.say(`paperrow.${name}`)} />
      ))}
      <TextField id="remark" label={t.say('column.k')} isOptional />
    </OfficeForm>
  );
}

interface TranscriptProps {
  readonly view: PageView;
  readonly creator: Creator;
  readonly transcripts: readonly BookTranscript[];
}

function Transcripts({ view, creator, transcripts }: TranscriptProps) {
  const { t } = view;
  return (
    <section aria-labelledby="transcripts-title">
      <h2 id="transcripts-title">{t.say('book.transcripts')}</h2>
      <p class="hint">{t.say('book.transcriptsHint', { archive: creator.facts.competentArchive })}</p>
      <ul class="plain-list">
        {transcripts.map(({ id, year, madeAt, submittedOn, submission }) => (
          <li key={id}>
            <a href={`/office/transcripts/${id}/document`} download>
              {t.say('book.transcriptOf', { year, time: t.time(madeAt) })}
            </a>
            <span class="muted small block">
              {submittedOn
                ? t.say('book.submitted', {
                    day: t.day(submittedOn),
                    letter: submission?.letter ?? '',
                    channel: submission?.channel ?? '',
                  })
                : t.say('book.notSubmitted')}
            </span>
            {!submittedOn && view.may('office.change') ? (
              <OfficeForm title={t.say('book.submit')} action={`/office/transcripts/${id}/submission`}>
                <DayField id={`on-${id}`} name="submittedOn" label={t.say('office.date')} />
                <TextField id={`letter-${id}`} name="letter" label={t.say('office.letter')} />
                <TextField id={`channel-${id}`} name="channel" label={t.say('office.channel')} />
              </OfficeForm>
            ) : null}
          </li>
        ))}
      </ul>
      {view.may('office.change') ? (
        <OfficeForm title={t.say('book.transcribe')} action={`/office/book/${creator.id}/transcripts`}>
          <TextField id="year" label={t.say('office.year')} maxLength={4} />
        </OfficeForm>
      ) : null}
    </section>
  );
}

const types = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  json: 'application/json',
} as const;

async function print({ ctx, service, view, params, query }: PageRequest): Promise<void> {
  const form = query.form === 'xlsx' || query.form === 'csv' || query.form === 'json' ? query.form : 'pdf';
  const bytes = await printBook(service.context, {
    creator: params.creator ?? '',
    form,
    script: view.t.language === 'sr-Latn' ? 'Latn' : 'Cyrl',
  });
  sendAttachment(ctx, `arhivska-knjiga.${form}`, types[form], bytes);
}

async function enter({ ctx, service, params }: PageRequest): Promise<void> {
  await readOfficeForm(ctx);
  await enterRows(service.context, { creator: params.creator ?? '', actor: actorOf(ctx).name });
  goTo(ctx, `/office/book?creator=${params.creator}`);
}

async function enterPaper({ ctx, service, params }: PageRequest): Promise<void> {
  const { said, optional } = await readOfficeForm(ctx);
  await enterPaperRow(service.context, {
    creator: params.creator ?? '',
    mark: said('mark'),
    yearFrom: said('yearFrom'),
    yearTo: said('yearTo'),
    content: said('content'),
    period: said('period'),
    consent: said('consent'),
    quantity: said('quantity'),
    place: said('place'),
    ...optional('remark'),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, `/office/book?creator=${params.creator}`);
}

async function transcribe({ ctx, service, params }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  const creator = params.creator ?? '';
  await makeTranscript(service.context, { creator, year: said('year'), actor: actorOf(ctx).name });
  goTo(ctx, `/office/book?creator=${creator}`);
}

async function giveTranscript({ ctx, service, params }: PageRequest): Promise<void> {
  const bytes = await transcriptFile(service.context, params.transcript ?? '');
  sendAttachment(ctx, 'prepis-arhivske-knjige.pdf', types.pdf, bytes);
}

async function submit({ ctx, service, params }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  const { creator } = await submitTranscript(service.context, {
    transcript: params.transcript ?? '',
    submittedOn: said('submittedOn'),
    letter: said('letter'),
    channel: said('channel'),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, `/office/book?creator=${creator}`);
}
