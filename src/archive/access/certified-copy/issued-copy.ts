import type { CopyStatement } from './copy-statement.ts';

/** A file of a copy, as it is handed out. */
export interface CopyFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly role: string;
}

/** A copy that is handed out. One with a test seal has no id: it is not registered. */
export interface IssuedCopy {
  readonly id?: string;
  readonly statement: CopyStatement;
  readonly files: readonly CopyFile[];
}

/** How many pages: of the certificate, and of originals that are PDFs. */
export interface CopyPages {
  readonly certificate: number;
  readonly originals?: number;
}
