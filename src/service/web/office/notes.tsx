import { enterNote, noteDocument, noticesDue, notifyArchive } from '../../../archive/administration/index.ts';
import { listNotes, noteKinds, type OfficeNote } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { TextField } from '../fields.tsx';
import type { PageRequest, PageRoute } from '../page-route.ts';
import type { PageView } from '../page-view.ts';
import { chosenCreator, readOfficeForm, sendAttachment } from './form.ts';
import { ChoiceField, DayField, FileField, NoCreator, OfficeForm, OfficePage } from './parts.tsx';

/** Acts, notices, opinions, training, and what another body keeps. */
export const notePages: readonly PageRoute[] = [
  { method: 'get', path: '/office/notes', action: 'office.read', answer: list },
  { method: 'post', path: '/office/notes', action: 'office.change', answer: enter },
  { method: 'post', path: '/office/notes/:note/notification', action: 'office.change', answer: notify },
  { method: 'get', path: '/office/notes/:note/document', action: 'office.read', answer: giveDocument },
];

async function list(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const { t } = view;
  const { chosen } = await chosenCreator(request);
  const notes = await listNotes(service.context.catalog, actorOf(ctx).institution);
  const due = new Map((await noticesDue(service.context)).map(({ note, dueOn }) => [note.id, dueOn]));
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.notes')} room="notes">
      <p class="lead">{t.say('notes.lead')}</p>
      {chosen ? null : <NoCreator view={view} />}
      {chosen && view.may('office.change') ? <EnterForm view={view} creator={chosen.id} /> : null}
      <ul class="plain-list">
        {notes.map((note) => (
          <Note key={note.id} view={view} note={note} dueOn={due.get(note.id)} />
        ))}
      </ul>
    </OfficePage>,
  );
}

interface NoteProps {
  readonly view: PageView;
  readonly note: OfficeNote;
  readonly dueOn: string | undefined;
}

function Note({ view, note: { id, kind, date, facts, completedOn }, dueOn }: NoteProps) {
  const { t } = view;
  return (
    <li id={id}>
      <strong>{facts.title}</strong>{' '}
      {facts.document ? (
        <a class="button" href={`/office/notes/${id}/document`} download>
          {t.say('notes.document')}
        </a>
      ) : null}
      <span class="muted small block">
        {[t.say(`notekind.${kind}`), t.day(date), facts.number, facts.who, facts.result].filter(Boolean).join(', ')}
      </span>
      {completedOn ? <span class="badge good">{t.say('notes.notified', { day: t.day(completedOn) })}</span> : null}
      {dueOn ? <p class="notice open">{t.say('notes.due', { day: t.day(dueOn) })}</p> : null}
      {dueOn && view.may('office.change') ? (
        <OfficeForm title={t.say('notes.notify')} action={`/office/notes/${id}/notification`}>
          <DayField id={`on-${id}`} name="on" label={t.say('office.date')} />
          <TextField id={`letter-${id}`} name="letter" label={t.say('office.letter')} />
        </OfficeForm>
      ) : null}
    </li>
  );
}

function EnterForm({ view: { t }, creator }: { readonly view: PageView; readonly creator: string }) {
  return (
    <OfficeForm title={t.say('notes.enter')} action="/office/notes" isUpload>
      <input type="hidden" name="creator" value={creator} />
      <ChoiceField
        id="kind"
        label={t.say('creator.kind')}
        choices={noteKinds.map((kind) => [kind, t.say(`notekind.${kind}`)])}
      />
      <TextField id="title" label={t.say('notes.title')} />
      <DayField id="date" label={t.say('office.date')} />
      <TextField id="number" label={t.say('office.number')} isOptional />
      <TextField id="who" label={t.say('notes.who')} hint={t.say('notes.whoHint')} isOptional />
      <TextField id="result" label={t.say('notes.result')} isOptional />
      <FileField id="document" label={t.say('notes.document')} hint={t.say('notes.documentHint')} isOptional />
    </OfficeForm>
  );
}

async function enter({ ctx, service }: PageRequest): Promise<void> {
  const { said, optional, file } = await readOfficeForm(ctx);
  const kind = noteKinds.find((one) => one === said('kind'));
  if (!kind) throw new ArchiveError('REQUEST_MALFORMED', 'Choose what it is.');
  await enterNote(service.context, {
    ...{ creator: said('creator'), kind, title: said('title'), date: said('date') },
    ...optional('number'),
    ...optional('who'),
    ...optional('result'),
    ...(file ? { document: file } : {}),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, '/office/notes');
}

async function notify({ ctx, service, params }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  const told = { note: params.note ?? '', on: said('on'), letter: said('letter'), actor: actorOf(ctx).name };
  await notifyArchive(service.context, told);
  goTo(ctx, '/office/notes');
}

async function giveDocument({ ctx, service, params }: PageRequest): Promise<void> {
  const { name, content } = await noteDocument(service.context, params.note ?? '');
  sendAttachment(ctx, name, 'application/octet-stream', content);
}
