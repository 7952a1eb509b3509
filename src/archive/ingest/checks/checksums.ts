import { createHash } from 'node:crypto';
import { ArchiveError, type ErrorPlace } from '../../../base/index.ts';

/** Digests a producer may claim. The weak ones find accidents of transport, nothing more. */
const accepted = { sha256: 64, sha512: 128, sha1: 40, md5: 32 } as const;
type ClaimedAlgorithm = keyof typeof accepted;
/** Claims that staging does not compute by itself. */
export type WeakAlgorithm = 'sha1' | 'md5';

/** A received file and the digests that were computed of it, lower-case hex. */
export interface DigestedFile {
  readonly originalName: string;
  readonly sha256: string;
  readonly sha512: string;
  readonly sha1?: string;
  readonly md5?: string;
}

/** What the producer says: digests by file name, `{ "a.pdf": { "sha256": "…" } }`. */
export type ClaimedChecksums = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The weak algorithms that a claim about this file makes it necessary to compute while it is received. */
export function weakAlgorithmsFor(name: string, claims: ClaimedChecksums): WeakAlgorithm[] {
  const own = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return Object.keys(own ?? {})
    .map((algorithm) => spelled(algorithm))
    .filter((algorithm): algorithm is WeakAlgorithm => algorithm === 'sha1' || algorithm === 'md5');
}

/** Hashes a stream on its way. `digests` may be asked for once the stream has ended. */
export function alsoHashed<Algorithm extends string>(
  source: AsyncIterable<Uint8Array>,
  algorithms: readonly Algorithm[],
): { source: AsyncIterable<Uint8Array>; digests: () => Partial<Record<Algorithm, string>> } {
  const hashes = algorithms.map((algorithm) => ({ algorithm, hash: createHash(algorithm) }));
  async function* through() {
    for await (const chunk of source) {
      for (const { hash } of hashes) hash.update(chunk);
      yield chunk;
    }
  }
  return {
    source: hashes.length === 0 ? source : through(),
    digests: () =>
      Object.fromEntries(hashes.map(({ algorithm, hash }) => [algorithm, hash.digest('hex')])) as Partial<
        Record<Algorithm, string>
      >,
  };
}

/**
 * Compares what the producer claims with what arrived.
 * @returns how many digests were compared
 * @throws ArchiveError CHECKSUM_MISMATCH with a place for each file that differs; REQUEST_MALFORMED when a claim cannot
 * be understood or names a file that was not sent
 */
export function compareChecksums(files: readonly DigestedFile[], claims: ClaimedChecksums): number {
  const byName = new Map(files.map((file) => [file.originalName, file]));
  const differing: ErrorPlace[] = [];
  let compared = 0;
  for (const [name, digests] of Object.entries(claims)) {
    const file = byName.get(name);
    if (!file) throw malformed(`A checksum was given for “${name}”, but no such file was sent.`);
    for (const [given, value] of Object.entries(digests)) {
      const algorithm = spelled(given);
      if (!algorithm) throw malformed(`“${given}” is no checksum that can be compared. Use sha256 or sha512.`);
      const claimed = String(value).trim().toLowerCase();
      if (!/^[0-9a-f]+$/.test(claimed) || claimed.length !== accepted[algorithm])
        throw malformed(`The ${algorithm} given for “${name}” is not ${accepted[algorithm]} hexadecimal digits.`);
      const computed = file[algorithm];
      if (computed === undefined)
        throw malformed(`The ${algorithm} of “${name}” was not computed. Give sha256 or sha512.`);
      compared += 1;
      if (computed !== claimed)
        differing.push({ pointer: name, detail: `${algorithm} is ${computed}, not ${claimed}` });
    }
  }
  if (differing.length > 0)
    throw new ArchiveError(
      'CHECKSUM_MISMATCH',
      `“${differing[0]?.pointer}” did not arrive as it was sent. Check the file and its checksum, then send it again.`,
      { places: differing },
    );
  return compared;
}

/** `SHA-256`, `sha_256` and `sha256` are one. */
function spelled(algorithm: string): ClaimedAlgorithm | undefined {
  const plain = algorithm.toLowerCase().replace(/[-_]/g, '');
  return Object.hasOwn(accepted, plain) ? (plain as ClaimedAlgorithm) : undefined;
}

function malformed(detail: string): ArchiveError {
  return new ArchiveError('REQUEST_MALFORMED', detail);
}
