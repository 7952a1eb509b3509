import { bytesReader } from '../../../base/index.ts';
import {
  type AsicEntry,
  asicEvidence,
  asicMimetype,
  asicSignature,
  packAsic,
  sealPades,
} from '../../../standards/seals/index.ts';
import { type SealContext, sealAtLevel } from '../../trust-services/index.ts';
import type { SealingKey } from './issuer.ts';

/**
 * With what a copy is sealed: a key, and who stamps the seal and shows that it holds. This is the one place that knows at
 * which level seals are made.
 */
export interface CopySeal {
  readonly key: SealingKey;
  readonly context: Omit<SealContext, 'confirmationSeal'>;
}

/** What a court needs in twenty years lies in the seal itself. */
const level = 'LTA';

/** The files by which a container is sealed: kept in the store, small and without content of the record. */
export interface ContainerSeal {
  readonly manifest: Uint8Array;
  readonly signature: Uint8Array;
}

export const containerSealPaths = {
  manifest: 'META-INF/ASiCManifest001.xml',
  signature: 'META-INF/signature001.p7s',
} as const;

/**
 * Seals a certificate: PAdES-BASELINE-LTA (EN 319 142-1).
 * @throws ArchiveError SEAL_UNAVAILABLE | TIMESTAMP_UNAVAILABLE
 */
export async function sealCertificate(
  certificate: Uint8Array,
  { key, context }: CopySeal,
  { signerName, reason, place }: { readonly signerName: string; readonly reason: string; readonly place?: string },
): Promise<Uint8Array> {
  const said = { signerName, reason, ...(place ? { location: place } : {}) };
  const { made } = await sealAtLevel(
    { ...context, confirmationSeal: async () => key.signer },
    level,
    (signer, options) => sealPades(bytesReader(certificate), signer, { ...options, ...said }),
  );
  return Buffer.concat([certificate, made]);
}

/** An evidence record and the file of the container that it is over. */
export interface EvidencedEntry {
  readonly entry: AsicEntry;
  readonly evidenceRecord: Uint8Array;
}

/**
 * Seals the files of a copy as ASiC-E with CAdES-BASELINE-LTA (EN 319 162-1), each original's evidence record named by a
 * manifest of its own.
 * @throws ArchiveError SEAL_UNAVAILABLE | TIMESTAMP_UNAVAILABLE
 */
export async function sealContainer(
  files: readonly AsicEntry[],
  evidenced: readonly EvidencedEntry[],
  { key, context }: CopySeal,
): Promise<{ readonly container: Uint8Array; readonly seal: ContainerSeal }> {
  const read = files.map(({ name, bytes }) => ({ name, reader: bytesReader(bytes) }));
  const { made } = await sealAtLevel(
    { ...context, confirmationSeal: async () => key.signer },
    level,
    (signer, options) => asicSignature(read, signer, { ...options, form: 'ASiC-E', signature: 'CAdES' }),
  );
  const records = evidenced.flatMap(({ entry, evidenceRecord }, index) =>
    asicEvidence([entry], evidenceRecord, { form: 'ASiC-E', algorithm: 'sha512', number: index + 1 }),
  );
  const bytesOf = (name: string) => made.find((entry) => entry.name === name)?.bytes ?? new Uint8Array();
  return {
    container: await packAsic([asicMimetype('ASiC-E'), ...files, ...made, ...records]),
    seal: { manifest: bytesOf(containerSealPaths.manifest), signature: bytesOf(containerSealPaths.signature) },
  };
}
