import type { Connection } from '../catalog.ts';

/**
 * What an office keeps beside records. `act`: a general act, with the act itself (ZAG-05). `status-change`: of which the archive
 * is told within 30 days (ZAG-10). `archive-opinion`: on digitisation, microfilming or relocation (ZAG-11). `training` of staff
 * (ZAG-12). `kept-by-recipient`: material that the body to which it was submitted keeps (UTT-03).
 */
export const noteKinds = ['act', 'status-change', 'archive-opinion', 'training', 'kept-by-recipient'] as const;

export type NoteKind = (typeof noteKinds)[number];

/** What is said in a note. */
export interface NoteFacts {
  readonly title: string;
  /** Number of the act, letter, opinion, certificate or receipt. */
  readonly number?: string;
  /** Who was trained, or which body keeps it. */
  readonly who?: string;
  /** What came of it. */
  readonly result?: string;
  /** The name of the attached document. */
  readonly document?: string;
}

/** A note as the catalog keeps it. */
export interface OfficeNote {
  readonly id: string;
  readonly institution: string;
  readonly creator: string;
  readonly kind: NoteKind;
  readonly date: string;
  readonly facts: NoteFacts;
  readonly enteredAt: string;
  readonly enteredBy: string;
  /** Of a change of status: when the archive was told. */
  readonly completedOn?: string;
}

/** Writes a note. */
export async function putNote(connection: Connection, note: OfficeNote): Promise<void> {
  await connection('office_notes')
    .insert({
      id: note.id,
      institution_id: note.institution,
      creator_id: note.creator,
      kind: note.kind,
      date: note.date,
      facts: JSON.stringify(note.facts),
      entered_at: note.enteredAt,
      entered_by: note.enteredBy,
    })
    .onConflict('id')
    .merge();
}

/** Notes when what a note asks for was done. */
export async function completeNote(connection: Connection, id: string, on: string): Promise<void> {
  await connection('office_notes').where({ id }).update({ completed_on: on });
}

/** A note by its id. */
export async function findNote(
  connection: Connection,
  institution: string,
  id: string,
): Promise<OfficeNote | undefined> {
  const row = await connection('office_notes').where({ institution_id: institution, id }).first();
  return row && fromRow(row);
}

/** Notes, newest first. */
export async function listNotes(connection: Connection, institution: string, kind?: NoteKind): Promise<OfficeNote[]> {
  const rows = await connection('office_notes')
    .where({ institution_id: institution, ...(kind ? { kind } : {}) })
    .orderBy([
      { column: 'date', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]);
  return rows.map(fromRow);
}

function fromRow(row: Record<string, string | null>): OfficeNote {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    creator: String(row.creator_id),
    kind: row.kind as NoteKind,
    date: String(row.date),
    facts: JSON.parse(String(row.facts)),
    enteredAt: String(row.entered_at),
    enteredBy: String(row.entered_by),
    ...(row.completed_on ? { completedOn: row.completed_on } : {}),
  };
}
