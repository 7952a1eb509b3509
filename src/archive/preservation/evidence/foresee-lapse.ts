import { ArchiveError, sha256Hex, utcSeconds } from '../../../base/index.ts';
import { defaultPolicy, timestampLapse } from '../../../standards/signatures/index.ts';
import {
  type EvidenceBatch,
  eachBatch,
  listBatches,
  putBatch,
  readSetting,
  writeSetting,
} from '../../data-management/index.ts';
import { batchPaths, openBatch } from './batch-object.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { renewalTime } from './renewal-time.ts';

const tableSetting = 'renewals-set-by';

const tableOf = ({ validationPolicy = defaultPolicy }: EvidenceContext) =>
  sha256Hex(Buffer.from(JSON.stringify(validationPolicy.cryptography)));

/** Whether the batches are due by the table of algorithms in use, and not by one that was in use before. */
export async function areRenewalsSet(context: EvidenceContext): Promise<boolean> {
  if ((await readSetting(context.catalog, tableSetting)) === tableOf(context)) return true;
  return (await listBatches(context.catalog, { limit: 1 })).length === 0;
}

/** Brings the renewal of batches forward whose newest time-stamp rests on an algorithm that lapses sooner by a new table. */
export async function setRenewals(context: EvidenceContext): Promise<void> {
  if (await areRenewalsSet(context)) return;
  const { catalog, evidencePolicy, validationPolicy = defaultPolicy } = context;
  const anchors = await context.timestampAnchors();
  for await (const batch of eachBatch(catalog)) {
    const token = await newestToken(context, batch);
    const lapse = token && timestampLapse(token, anchors, validationPolicy);
    if (!lapse || utcSeconds(lapse) >= batch.expiresAt) continue;
    const renewAt = renewalTime(new Date(batch.stampedAt), lapse, evidencePolicy);
    const [sooner = renewAt] = [renewAt, batch.renewAt].sort();
    await putBatch(catalog, { ...batch, expiresAt: utcSeconds(lapse), renewAt: sooner });
  }
  await writeSetting(catalog, tableSetting, tableOf(context));
}

/** Undefined where no copy of it is whole: its renewal stays as it was set, and tells of that. */
async function newestToken(context: EvidenceContext, batch: EvidenceBatch): Promise<Uint8Array | undefined> {
  try {
    const { read } = await openBatch(context, batch.id, batch.version);
    return await read(batchPaths.token(batch.chains, batch.timestamps));
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'LOCATION_CORRUPT') return undefined;
    throw error;
  }
}
