import type { RecordHistory } from '../../../archive/access/index.ts';
import type { CatalogRecord, CatalogVersion, Copy } from '../../../archive/data-management/index.ts';
import type { Profile } from '../../../archive/ingest/index.ts';
import type { PageView } from '../page-view.ts';

/** Everything that a record's page tells. */
export interface RecordFacts {
  readonly record: CatalogRecord;
  readonly profile: Profile;
  readonly copies: readonly Copy[];
  readonly independentCopies: number;
  readonly versions: readonly CatalogVersion[];
  readonly history: RecordHistory;
  readonly duplicate?: { readonly number: string; readonly title: string };
  /** What the visitor's role allows. */
  readonly mayCorrect: boolean;
  readonly mayDecide: boolean;
}

export interface RecordProps {
  readonly view: PageView;
  readonly facts: RecordFacts;
}
