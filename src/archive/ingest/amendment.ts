import type { JsonValue } from '../../standards/packages/index.ts';
import type { OfferedFile } from './submission.ts';

/** What is to be put right in a record. What is left out stays as it is; a field set to null goes. */
export interface Amendment {
  readonly record: string;
  readonly actor: string;
  /** Kept in the package and shown beside the version. */
  readonly reason: string;
  readonly title?: string;
  readonly category?: string;
  /** The creator whose list the category is of; needed only where several have the mark. */
  readonly creator?: string;
  /** Number and date of the archive's consent, without which nothing permanent becomes time-limited. */
  readonly archiveConsent?: string;
  readonly fields?: Readonly<Record<string, JsonValue>>;
  /** Files that come to those the record has; none is ever replaced. */
  readonly files?: AsyncIterable<OfferedFile> | Iterable<OfferedFile>;
  /** The version that the caller saw; another one there now is a conflict. */
  readonly expectedVersion?: number;
}
