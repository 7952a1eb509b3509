import { ArchiveError } from '../../../base/index.ts';

/** The one sentence for every kind of encryption. */
export function encrypted(name: string): ArchiveError {
  return new ArchiveError(
    'DOCUMENT_ENCRYPTED',
    `“${name}” is encrypted and could not be read in the future. Remove the password or encryption and send it again.`,
  );
}

/** What was cut off or damaged on the way. */
export function broken(name: string, fault: string, cause?: unknown): ArchiveError {
  return new ArchiveError(
    'DOCUMENT_BROKEN',
    `“${name}” is damaged: ${fault}. Ask for an undamaged copy and send it again.`,
    cause === undefined ? {} : { cause },
  );
}

/** What is made to harm whoever opens it. */
export function bomb(name: string, fault: string, cause?: unknown): ArchiveError {
  return new ArchiveError(
    'ARCHIVE_BOMB',
    `“${name}” cannot be unpacked safely: ${fault}. Unpack it where it comes from and send the documents themselves.`,
    cause === undefined ? {} : { cause },
  );
}
