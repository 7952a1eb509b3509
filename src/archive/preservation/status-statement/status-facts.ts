import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import {
  type CatalogRecord,
  type CatalogSignature,
  caseClosing,
  type EvidenceBatch,
  findBatch,
  findCoverage,
  findRecord,
  inventoryDigest,
  readHead,
} from '../../data-management/index.ts';
import { type Holdings, readRecordDescription } from '../../packaging/index.ts';
import { openBatch } from '../evidence/batch-object.ts';

/** Field 14 of UTT 5 point 6: a closed list. */
export type DocumentStatus =
  | 'potpisan, odnosno pečatiran'
  | 'potpisan i pečatiran'
  | 'nadograđen/obnovljen'
  | 'uništen'
  | 'predat javnom arhivu';

/** Field 13, as far as the archive is told of it. */
export type CaseStatus = 'u obradi' | 'arhiviran';

/**
 * Fields 11 to 14 of UTT 5 point 6, which follow from evidence and the journal and change while the package does not: what is
 * not known yet is left out. Times are UTC.
 */
export interface StatusFacts {
  readonly statement: 'trajno-status-1';
  readonly madeAt: string;
  readonly institution: { readonly id: string; readonly name: string };
  readonly software: { readonly name: string; readonly version: string };
  readonly sealedBy: { readonly name: string; readonly isQualified: boolean; readonly isTest: boolean };
  readonly record: {
    readonly id: string;
    readonly number: string;
    readonly version: number;
    /** SHA-512 of the inventory of this version: binds every byte of the package. */
    readonly packageSha512: string;
    readonly files: readonly { readonly sha256: string; readonly sha512: string }[];
  };
  /** Field 11: when the time-stamps over the record were made, by whom, and whether by a test authority. */
  readonly datumVremenskogZiga?: {
    readonly first: string;
    readonly latest: string;
    readonly authority: string;
    readonly isTest: boolean;
  };
  /** Field 12: the last moment for renewal, and from when on it is due. */
  readonly rokZaObnovu?: { readonly latest: string; readonly dueFrom: string };
  /** Field 13; missing for a record without a case. */
  readonly statusPredmeta?: { readonly status: CaseStatus; readonly case: string; readonly closedOn?: string };
  /** Field 14; missing for a document that bears no signature and has not been renewed. */
  readonly statusDokumenta?: DocumentStatus;
  /** What all of it follows from. */
  readonly basis: {
    readonly batch?: string;
    readonly renewals: number;
    readonly journal: { readonly sequence: number; readonly hash: string };
  };
}

/**
 * Fields 11 to 14 of a stored record as they are now (UTT 5 point 6).
 * @throws ArchiveError RECORD_UNKNOWN
 */
export async function statusFacts(
  holdings: Holdings,
  wanted: string,
  sealedBy: StatusFacts['sealedBy'],
  wantedVersion?: number,
): Promise<StatusFacts> {
  const { catalog, storage, institution, software, clock } = holdings;
  const record = await findRecord(catalog, institution.id, wanted);
  if (!record || record.version === 0 || record.state === 'disposed')
    throw new ArchiveError('RECORD_UNKNOWN', `There is no stored record ${wanted}.`);
  const version = wantedVersion ?? record.version;
  const described = await readRecordDescription(storage, record.id, version);
  const coverage = await findCoverage(catalog, record.id, version);
  const batch = coverage && (await findBatch(catalog, coverage.batchId));
  const renewals = batch ? batch.version - 1 : 0;
  const { sequence, hash } = await readHead(catalog);
  const status = documentStatus(record.signatures, renewals);
  return {
    statement: 'trajno-status-1',
    madeAt: utcSeconds(clock()),
    institution,
    software,
    sealedBy,
    record: {
      id: record.id,
      number: record.number,
      version,
      packageSha512: (await inventoryDigest(catalog, record.id, version)) ?? '',
      files: (described?.files ?? record.files).map(({ sha256, sha512 }) => ({ sha256, sha512 })),
    },
    ...(batch
      ? {
          datumVremenskogZiga: {
            first: await firstStamp(holdings, batch),
            latest: batch.stampedAt,
            authority: batch.authority,
            isTest: batch.isTest,
          },
          rokZaObnovu: { latest: batch.expiresAt, dueFrom: batch.renewAt },
        }
      : {}),
    ...(await caseStatus({ catalog, institution }, record)),
    ...(status ? { statusDokumenta: status } : {}),
    basis: { ...(batch ? { batch: batch.id } : {}), renewals, journal: { sequence, hash } },
  };
}

async function firstStamp(holdings: Holdings, { id, version, stampedAt }: EvidenceBatch): Promise<string> {
  if (version === 1) return stampedAt;
  const { description } = await openBatch(holdings, id, version);
  return description.chains[0]?.timestamps[0]?.producedAt ?? stampedAt;
}

/** A case is archived once the archive was told that it is closed; until then it is being worked on. */
async function caseStatus(
  { catalog, institution }: Pick<Holdings, 'catalog' | 'institution'>,
  record: CatalogRecord,
): Promise<Pick<StatusFacts, 'statusPredmeta'>> {
  const { brojPredmeta } = record.fields;
  if (typeof brojPredmeta !== 'string') return {};
  const closedOn = await caseClosing(catalog, institution.id, { record: record.id, case: brojPredmeta });
  return {
    statusPredmeta: {
      status: closedOn ? 'arhiviran' : 'u obradi',
      case: brojPredmeta,
      ...(closedOn ? { closedOn } : {}),
    },
  };
}

/** What bears a failed signature bears none. */
export function documentStatus(
  signatures: readonly Pick<CatalogSignature, 'indication' | 'qualification'>[],
  renewals: number,
): DocumentStatus | undefined {
  if (renewals > 0) return 'nadograđen/obnovljen';
  const held = signatures.filter(({ indication }) => indication !== 'TOTAL_FAILED');
  if (held.length === 0) return undefined;
  const isSeal = ({ qualification = '' }: (typeof held)[number]) => /seal/i.test(qualification);
  return held.some(isSeal) && !held.every(isSeal) ? 'potpisan i pečatiran' : 'potpisan, odnosno pečatiran';
}
