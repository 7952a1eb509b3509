import type { DigestAlgorithm } from '../../../base/index.ts';
import { digestBytes } from '../signature-algorithm.ts';
import type { AsicEntry } from './asic-entry.ts';
import { asicManifest } from './asic-manifest.ts';
import type { AsicOptions } from './seal-asic.ts';

/** How a record goes into a container. */
export interface AsicEvidenceOptions {
  readonly form: AsicOptions['form'];
  /** The digest algorithm of the record's first chain, which the manifest has to use too. */
  readonly algorithm: DigestAlgorithm;
  /** Which of the container's records it is. */
  readonly number?: number;
}

/**
 * The files that put an evidence record (RFC 4998) into a container: in ASiC-S over its one object (EN 319 162-1 4.3.3.2), in
 * ASiC-E over each of `files`, which an ASiCEvidenceRecordManifest names with their digests (4.4.3.3).
 * @param files what the record is over; signatures in META-INF may be among them
 * @throws RangeError when the record of an ASiC-S is to be over more or less than one file
 */
export function asicEvidence(
  files: readonly AsicEntry[],
  record: Uint8Array,
  { form, algorithm, number = 1 }: AsicEvidenceOptions,
): AsicEntry[] {
  if (form === 'ASiC-S') {
    if (files.length !== 1) throw new RangeError('the record of an ASiC-S is over its one object');
    return [{ name: 'META-INF/evidencerecord.ers', bytes: record }];
  }
  const suffix = String(number).padStart(3, '0');
  const name = `META-INF/evidencerecord${suffix}.ers`;
  const digestedFiles = files.map((file) => ({ name: file.name, digest: digestBytes(algorithm, file.bytes) }));
  const manifest = asicManifest(digestedFiles, algorithm, { URI: name });
  return [
    { name: `META-INF/ASiCEvidenceRecordManifest${suffix}.xml`, bytes: manifest },
    { name, bytes: record },
  ];
}
