import { bytesReader, type Digest } from '../../../base/index.ts';
import {
  type AsicEntry,
  asicEvidence,
  packAsic,
  sealAsic,
  sealPades,
  type TimestampSource,
} from '../../../standards/seals/index.ts';
import type { TimestampAuthorities } from '../../trust-services/index.ts';
import type { SealingKey } from './issuer.ts';

/**
 * With what a copy is sealed: a key, and the authorities that stamp the seal. This is the one place that knows at which
 * level seals are made.
 */
export interface CopySeal {
  readonly key: SealingKey;
  readonly authorities: TimestampAuthorities;
  readonly signingTime: Date;
}

/** The files by which a container is sealed: kept in the store, small and without content of the record. */
export interface ContainerSeal {
  readonly manifest: Uint8Array;
  readonly signature: Uint8Array;
}

export const containerSealPaths = {
  manifest: 'META-INF/ASiCManifest001.xml',
  signature: 'META-INF/signature001.p7s',
} as const;

/** Seals a certificate: PAdES-BASELINE-T (EN 319 142-1). @throws ArchiveError TIMESTAMP_UNAVAILABLE */
export async function sealCertificate(
  certificate: Uint8Array,
  { key, authorities, signingTime }: CopySeal,
  { signerName, reason, place }: { readonly signerName: string; readonly reason: string; readonly place?: string },
): Promise<Uint8Array> {
  const update = await sealPades(bytesReader(certificate), key.signer, {
    signingTime,
    timestamp: stampedBy(authorities),
    signerName,
    reason,
    ...(place ? { location: place } : {}),
  });
  return Buffer.concat([certificate, update]);
}

/** An evidence record and the file of the container that it is over. */
export interface EvidencedEntry {
  readonly entry: AsicEntry;
  readonly evidenceRecord: Uint8Array;
}

/**
 * Seals the files of a copy as ASiC-E with CAdES-BASELINE-T (EN 319 162-1), each original's evidence record named by a
 * manifest of its own.
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE
 */
export async function sealContainer(
  files: readonly AsicEntry[],
  evidenced: readonly EvidencedEntry[],
  { key, authorities, signingTime }: CopySeal,
): Promise<{ readonly container: Uint8Array; readonly seal: ContainerSeal }> {
  const timestamp = stampedBy(authorities);
  const entries = await sealAsic(files, key.signer, { form: 'ASiC-E', signature: 'CAdES', signingTime, timestamp });
  const records = evidenced.flatMap(({ entry, evidenceRecord }, index) =>
    asicEvidence([entry], evidenceRecord, { form: 'ASiC-E', algorithm: 'sha512', number: index + 1 }),
  );
  const bytesOf = (name: string) => entries.find((entry) => entry.name === name)?.bytes ?? new Uint8Array();
  return {
    container: await packAsic([...entries, ...records]),
    seal: { manifest: bytesOf(containerSealPaths.manifest), signature: bytesOf(containerSealPaths.signature) },
  };
}

function stampedBy(authorities: TimestampAuthorities): TimestampSource {
  return async ({ algorithm, value }: Digest) => {
    const imprint = { algorithm: imprintNames[algorithm], value: Buffer.from(value, 'hex') };
    return (await authorities.stamp(imprint)).token;
  };
}

const imprintNames = { sha256: 'SHA256', sha384: 'SHA384', sha512: 'SHA512' } as const;
