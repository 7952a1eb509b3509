import { ArchiveError, readWhole } from '../../../base/index.ts';
import {
  findCreator,
  findNote,
  listNotes,
  type NoteFacts,
  type NoteKind,
  noteKinds,
  type OfficeNote,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, known, newActId, requireDay } from '../acts.ts';
import { requireText } from '../disposal/disposal-steps.ts';

/** A note that is to be entered. */
export interface NewNote extends Omit<NoteFacts, 'document'> {
  readonly creator: string;
  readonly kind: NoteKind;
  readonly date: string;
  /** The act, opinion, certificate or receipt itself; must be there for an act. */
  readonly document?: { readonly name: string; readonly content: Uint8Array };
  readonly actor: string;
}

const documentPath = 'document';
const largest = 64 << 20;

/** Enters a note, sealed, with its document (ZAG 9, ZAG 14, UTT 2). @throws ArchiveError ENTRY_UNKNOWN | METADATA_INVALID */
export async function enterNote(context: ActContext, note: NewNote): Promise<OfficeNote> {
  const { creator: creatorId, kind, date, document, actor, title, number, who, result } = note;
  const { institution } = context;
  requireText(title, '/title');
  requireDay(date, '/date');
  const isComplete = noteKinds.includes(kind) && (kind !== 'act' || (document?.content.length ?? 0) > 0);
  if (!isComplete) {
    const place =
      kind === 'act' ? { pointer: '/document', detail: 'is missing' } : { pointer: '/kind', detail: 'is none' };
    throw new ArchiveError('METADATA_INVALID', `“${place.pointer}” ${place.detail}.`, { places: [place] });
  }
  const facts: NoteFacts = {
    title,
    ...(number ? { number } : {}),
    ...(who ? { who } : {}),
    ...(result ? { result } : {}),
    ...(document ? { document: document.name } : {}),
  };
  const id = newActId(context, 'note');
  await commitAct(context, actor, async (transaction) => {
    const creator = known(await findCreator(transaction, institution.id, creatorId), `creator ${creatorId}`);
    return {
      type: 'note.entered',
      subject: id,
      detail: { kind, date, creator: creator.id },
      act: {
        id,
        content: { kind, date, facts },
        sealed: true,
        ...(document ? { files: [{ path: documentPath, content: document.content }] } : {}),
      },
    };
  });
  return known(await findNote(context.catalog, institution.id, id), 'such note');
}

/** Enters when the competent archive was told of a change of status. @throws ArchiveError ENTRY_UNKNOWN | STATE_CONFLICT */
export async function notifyArchive(
  context: ActContext,
  {
    note: id,
    on,
    letter,
    actor,
  }: { readonly note: string; readonly on: string; readonly letter: string; readonly actor: string },
): Promise<OfficeNote> {
  requireDay(on, '/on');
  requireText(letter, '/letter');
  await commitAct(context, actor, async (transaction) => {
    const note = known(await findNote(transaction, context.institution.id, id), 'such note');
    if (note.kind !== 'status-change' || note.completedOn)
      throw new ArchiveError('STATE_CONFLICT', 'The archive is told of a change of status, once.');
    return { type: 'note.completed', subject: id, detail: { on, letter } };
  });
  return known(await findNote(context.catalog, context.institution.id, id), 'such note');
}

const days = 30;

/** Changes of status of which the archive was not told yet, and by when it must be (ZAG 9, ZAG-10). */
export async function noticesDue({ catalog, institution }: ActContext): Promise<{ note: OfficeNote; dueOn: string }[]> {
  return (await listNotes(catalog, institution.id, 'status-change'))
    .filter(({ completedOn }) => !completedOn)
    .map((note) => ({ note, dueOn: new Date(Date.parse(note.date) + days * 86_400_000).toISOString().slice(0, 10) }));
}

/** The document of a note. @throws ArchiveError ENTRY_UNKNOWN */
export async function noteDocument(context: ActContext, id: string): Promise<{ name: string; content: Uint8Array }> {
  const note = known(await findNote(context.catalog, context.institution.id, id), 'such note');
  const name = known(note.facts.document, 'document with this note');
  return { name, content: await readWhole(await context.storage.openState(note.id, documentPath), largest) };
}
