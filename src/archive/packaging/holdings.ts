import type { Clock, InstitutionId, RandomSource } from '../../base/index.ts';
import type { ArchivalStorage } from '../archival-storage/index.ts';
import type { Catalog } from '../data-management/index.ts';

/** What the archive holds and works with: made once in `main.ts`, handed to every use case. */
export interface Holdings {
  readonly catalog: Catalog;
  readonly storage: ArchivalStorage;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly institution: { readonly id: InstitutionId; readonly name: string };
  /**
   * Lets one process at a time change a stored record or repair it.
   * @returns what gives it free again
   * @throws ArchiveError STATE_CONFLICT while someone else holds it
   */
  readonly lockRecord: (id: string) => Promise<() => Promise<void>>;
  readonly software: { readonly name: string; readonly version: string };
}
