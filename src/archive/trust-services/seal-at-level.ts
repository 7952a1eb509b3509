import { createHash, X509Certificate } from 'node:crypto';
import type { Clock } from '../../base/index.ts';
import type {
  DigestSigner,
  SealedSoFar,
  SealLevel,
  SealLevels,
  SealMaterial,
  TimestampSource,
} from '../../standards/seals/index.ts';
import { joinMaterial, noMaterial } from '../../standards/signatures/index.ts';
import { validateWithMaterial } from './online/validate-with-material.ts';
import type { MaterialSource, ValidationMaterial } from './online/validation-material.ts';
import { type SigningKey, sealUnavailable } from './signing-keys/signing-key.ts';
import type { ObtainedTimestamp, TimestampAuthorities } from './timestamping/index.ts';

/** What seals are made with; those of ingest and of evidence together have it all. */
export interface SealContext {
  readonly clock: Clock;
  /** The configured key, or the built-in test key. */
  readonly confirmationSeal: () => Promise<SigningKey>;
  readonly authorities: TimestampAuthorities;
  /** Roots of time-stamping authorities and of whom the archive trusts. */
  readonly timestampAnchors: () => Promise<readonly Uint8Array[]>;
  /** Revocation data of the built-in test authority, which no address leads to. */
  readonly knownTimestampMaterial?: () => Promise<ValidationMaterial>;
  readonly materialSource?: MaterialSource;
}

/** What a maker of `standards/seals` is given: when, and what lifts the seal to its level. */
export type LevelOptions = SealLevels & { readonly signingTime: Date };

/** What was made, and what is to be said of it. */
export interface Sealed<Made> {
  readonly made: Made;
  readonly signingTime: Date;
  /** By a test key, or stamped by a test authority: it proves nothing to outsiders, and has to say so. */
  readonly isTest: boolean;
  /** SHA-256 of the seal's certificate. */
  readonly signingCertSha256: string;
  readonly timestamps: readonly ObtainedTimestamp[];
}

/** The archive time-stamp's authority is another one than the signature's: asked again so often. */
const mostAttempts = 3;

/**
 * Makes a seal of any form at a baseline level: signs with the archive's key, has it stamped by the configured authorities,
 * collects what a validator needs later and checks that the seal holds with it, and has all of it stamped.
 * `make` is one of the makers of `standards/seals`:
 * `sealAtLevel(context, 'LTA', (signer, options) => sealPades(document, signer, { ...options, reason }))`.
 * @param key another key than the archive's own
 * @throws ArchiveError SEAL_UNAVAILABLE when the key cannot be reached or the seal would not hold, TIMESTAMP_UNAVAILABLE;
 *   whatever `make` throws
 */
export async function sealAtLevel<Made>(
  context: SealContext,
  level: SealLevel,
  make: (signer: DigestSigner, options: LevelOptions) => Promise<Made>,
  key?: SigningKey,
): Promise<Sealed<Made>> {
  const signer = key ?? (await context.confirmationSeal());
  const signingTime = context.clock();
  for (let attempt = 1; ; attempt++) {
    const timestamps: ObtainedTimestamp[] = [];
    const levels = levelsOf(context, level, signer, timestamps);
    const made = await make(signer, { signingTime, ...levels });
    // what shows that the last time-stamp holds is inside only where the first is of the same authority
    const authorities = new Set(timestamps.map(({ authority }) => authority));
    if (level === 'LTA' && authorities.size > 1 && attempt < mostAttempts) continue;
    return {
      made,
      signingTime,
      isTest: signer.isTest || timestamps.some(({ isTest }) => isTest),
      signingCertSha256: createHash('sha256').update(signer.chain[0]).digest('hex'),
      timestamps,
    };
  }
}

function levelsOf(
  context: SealContext,
  level: SealLevel,
  signer: SigningKey,
  timestamps: ObtainedTimestamp[],
): SealLevels {
  if (level === 'B') return {};
  const timestamp: TimestampSource = async ({ algorithm, value }) => {
    const imprint = { algorithm: imprintNames[algorithm], value: Buffer.from(value, 'hex') };
    const obtained = await context.authorities.stamp(imprint);
    timestamps.push(obtained);
    return obtained.token;
  };
  if (level === 'T') return { timestamp };
  const material = (sealed: SealedSoFar) => collectMaterial(context, sealed, signer, timestamps);
  return { timestamp, material, ...(level === 'LTA' ? { archiveTimestamp: timestamp } : {}) };
}

const imprintNames = { sha256: 'SHA256', sha384: 'SHA384', sha512: 'SHA512' } as const;

/**
 * What shows that a seal at level T holds, its time-stamp with it (EN 319 122-1 6.3, 319 132-1 6.3, 319 142-1 6.3).
 * @throws ArchiveError SEAL_UNAVAILABLE when it does not hold, with everything that could be had
 */
async function collectMaterial(
  context: SealContext,
  { document, contents }: SealedSoFar,
  signer: SigningKey,
  timestamps: readonly ObtainedTimestamp[],
): Promise<SealMaterial> {
  const isTest = signer.isTest || timestamps.some((timestamp) => timestamp.isTest);
  const known = joinMaterial([
    (isTest && (await context.knownTimestampMaterial?.())) || noMaterial,
    ...timestamps.map(({ material }) => material),
  ]);
  const now = Math.max(context.clock().getTime(), ...timestamps.map(({ productionTime }) => productionTime.getTime()));
  const { report, material } = await validateWithMaterial(
    {
      document,
      name: 'seal',
      contents,
      anchors: [...(await context.timestampAnchors()), ...ownRoot(signer)],
      validationTime: new Date(now),
    },
    context.materialSource,
    known,
  );
  const own = createHash('sha256').update(signer.chain[0]).digest('hex');
  const seal = report.signatures.findLast(({ signingCertSha256 }) => signingCertSha256 === own);
  if (seal?.indication === 'TOTAL_PASSED') return material;
  const reason = seal ? `${seal.indication} ${seal.subIndication ?? ''}: ${seal.reason}` : report.error?.message;
  throw sealUnavailable(`what shows later that it holds could not be had (${reason ?? 'it is not found again'}).`);
}

/** The operator who configured the key trusts its root. */
const ownRoot = ({ anchor }: SigningKey) => (anchor ? [new X509Certificate(anchor.pem).raw] : []);
