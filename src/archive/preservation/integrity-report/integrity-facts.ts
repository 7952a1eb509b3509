import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import {
  type Copy,
  copiesOf,
  countBatches,
  countByState,
  countEntries,
  coverage,
  findBatch,
  findCoverage,
  findRecord,
  listEntries,
  type PastVerdict,
  pendingState,
  verdictHistory,
  versionsOf,
} from '../../data-management/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import { type AuditOfRecord, auditOfRecord } from '../audit-rows.ts';

/** Everything that an integrity report states of the time from the start of preservation until now (eIDAS Art. 45j(1)(d)). */
export interface IntegrityFacts {
  readonly report: 'trajno-integrity-1';
  readonly scope: 'record' | 'archive';
  readonly institution: { readonly id: string; readonly name: string };
  readonly software: { readonly name: string; readonly version: string };
  readonly from: string;
  readonly until: string;
  /** Who seals the report, and whether that is a qualified trust service. */
  readonly sealedBy: { readonly name: string; readonly isQualified: boolean; readonly isTest: boolean };
  /** Whether nothing was found by now that is not as it should be. */
  readonly intact: boolean;
  readonly record?: RecordIntegrity;
  readonly archive?: ArchiveIntegrity;
}

export interface RecordIntegrity {
  readonly id: string;
  readonly number: string;
  readonly versions: readonly {
    readonly version: number;
    readonly createdAt: string;
    readonly inventorySha512: string;
  }[];
  readonly files: readonly { readonly sha256: string; readonly sha512: string; readonly size: number }[];
  readonly copies: readonly Omit<Copy, 'objectId'>[];
  readonly damages: number;
  readonly repairs: number;
  /** What the newest audit says of each copy, provable without the rest of what it says. */
  readonly audit?: AuditOfRecord;
  readonly evidence: readonly {
    readonly version: number;
    readonly batch: string;
    readonly since: string;
    readonly renewedAt: string;
    readonly chains: number;
    readonly authority: string;
    readonly isTest: boolean;
  }[];
  readonly verdicts: readonly PastVerdict[];
}

export interface ArchiveIntegrity {
  readonly records: Readonly<Record<string, number>>;
  readonly copies: readonly {
    readonly location: string;
    readonly copies: number;
    readonly whole: number;
    readonly oldest?: string;
  }[];
  readonly audits: number;
  readonly damages: number;
  readonly repairs: number;
  readonly revalidations: number;
  readonly batches: number;
  readonly versionsUnderEvidence: number;
  readonly versionsWaiting: number;
  readonly renewals: number;
  readonly failedRenewals: number;
}

type Sealer = IntegrityFacts['sealedBy'];

/**
 * What is known of one record.
 * @throws ArchiveError RECORD_UNKNOWN
 */
export async function recordFacts(holdings: Holdings, wanted: string, sealedBy: Sealer): Promise<IntegrityFacts> {
  const { catalog, institution } = holdings;
  const record = await findRecord(catalog, institution.id, wanted);
  if (!record || record.version === 0) throw new ArchiveError('RECORD_UNKNOWN', `There is no stored record ${wanted}.`);
  const versions = await versionsOf(catalog, record.id);
  const copies = (await copiesOf(catalog, record.id)).map(({ objectId: _, ...copy }) => copy);
  const count = (type: 'copy.damaged' | 'copy.repaired') => countEntries(catalog, type, record.id);
  const evidence: RecordIntegrity['evidence'][number][] = [];
  for (const { version } of versions) {
    const coverageOfVersion = await findCoverage(catalog, record.id, version);
    const batch = coverageOfVersion && (await findBatch(catalog, coverageOfVersion.batchId));
    if (!batch) continue;
    const { id, createdAt: since, stampedAt: renewedAt, chains, authority, isTest } = batch;
    evidence.push({ version, batch: id, since, renewedAt, chains, authority, isTest });
  }
  const since = record.archivedAt ?? record.receivedAt;
  const audit = await auditOfRecord(holdings, record.id, since);
  return {
    ...frame(holdings, sealedBy, since),
    scope: 'record',
    intact: copies.every(({ state }) => state === 'whole'),
    record: {
      id: record.id,
      number: record.number,
      versions: versions.map(({ version, createdAt, inventorySha512 }) => ({ version, createdAt, inventorySha512 })),
      files: record.files.map(({ sha256, sha512, size }) => ({ sha256, sha512, size })),
      copies,
      damages: await count('copy.damaged'),
      repairs: await count('copy.repaired'),
      ...(audit ? { audit } : {}),
      evidence,
      verdicts: await verdictHistory(catalog, record.id),
    },
  };
}

/** What is known of the whole archive. */
export async function archiveFacts(holdings: Holdings, sealedBy: Sealer): Promise<IntegrityFacts> {
  const { catalog, institution } = holdings;
  const [founded] = await listEntries(catalog, { institution: institution.id, type: 'archive.founded', limit: 1 });
  const copies = await coverage(catalog);
  const batches = await countBatches(catalog);
  const count = (type: Parameters<typeof countEntries>[1]) => countEntries(catalog, type);
  const failedRenewals = await count('evidence.failed');
  return {
    ...frame(holdings, sealedBy, founded?.time ?? utcSeconds(holdings.clock())),
    scope: 'archive',
    intact: failedRenewals === 0 && copies.every(({ copies: all, whole }) => all === whole),
    archive: {
      records: await countByState(catalog, institution.id),
      copies,
      audits: await count('audit.finished'),
      damages: await count('copy.damaged'),
      repairs: await count('copy.repaired'),
      revalidations: await count('signatures.revalidated'),
      batches: batches.batches,
      versionsUnderEvidence: batches.objects,
      versionsWaiting: (await pendingState(catalog)).objects,
      renewals: await count('evidence.renewed'),
      failedRenewals,
    },
  };
}

function frame({ institution, software, clock }: Holdings, sealedBy: Sealer, from: string) {
  const until = utcSeconds(clock());
  return { report: 'trajno-integrity-1' as const, institution, software, from, until, sealedBy };
}
