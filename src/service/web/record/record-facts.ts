import type { RecordHistory, RegisterLine } from '../../../archive/access/index.ts';
import type {
  CatalogRecord,
  CatalogVersion,
  Copy,
  EvidenceBatch,
  PastVerdict,
} from '../../../archive/data-management/index.ts';
import type { Profile } from '../../../archive/profiles/index.ts';
import type { IngestReport } from '../../../standards/packages/index.ts';
import type { PageView } from '../page-view.ts';
import type { Preview } from './preview.ts';

/** Everything that a record's page tells. */
export interface RecordFacts {
  readonly record: CatalogRecord;
  readonly profile: Profile;
  /** What is shown of one of its files; absent where there is nothing to show. */
  readonly preview?: Preview;
  /** The numbers of files of which something can be shown. */
  readonly previewable: readonly number[];
  readonly copies: readonly Copy[];
  readonly independentCopies: number;
  /** The batch that the current version's proof of existence is in; absent while it waits. */
  readonly evidence?: EvidenceBatch;
  /** Every verdict since it was archived, oldest first. */
  readonly verdicts: readonly PastVerdict[];
  /** Certified copies of it, newest first. */
  readonly certifiedCopies: readonly RegisterLine[];
  readonly versions: readonly CatalogVersion[];
  readonly history: RecordHistory;
  /** Of a record that came in as a package. */
  readonly report?: IngestReport;
  readonly duplicate?: { readonly number: string; readonly title: string };
  /** What the visitor's role allows. */
  readonly mayCorrect: boolean;
  readonly mayDecide: boolean;
}

/** Whether an event is the validation of the package in which the record came. */
export function isOfPackage({ type, detail = '' }: RecordHistory['preservation'][number]): boolean {
  return type === 'validation' && /^(BagIt bag|E-ARK SIP),/.test(detail);
}

export interface RecordProps {
  readonly view: PageView;
  readonly facts: RecordFacts;
}
