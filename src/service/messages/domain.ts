/** Words of the archive that messages exist for; kept equal to the archive's own by a test, since this room knows only base. */
export type RecordState = 'received' | 'awaiting' | 'archived' | 'quarantined' | 'rejected' | 'failed' | 'disposed';

export type JournalEntryType =
  | 'archive.founded'
  | 'institution.added'
  | 'record.received'
  | 'record.archived'
  | 'record.updated'
  | 'record.quarantined'
  | 'record.rejected'
  | 'record.decided'
  | 'record.disposed'
  | 'copy.damaged'
  | 'copy.repaired'
  | 'location.added'
  | 'location.catching-up'
  | 'location.active'
  | 'audit.finished'
  | 'token.issued'
  | 'catalog.rebuilt';
