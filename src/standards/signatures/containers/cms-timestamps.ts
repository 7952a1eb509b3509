import { createHash } from 'node:crypto';
import { ignoreMalformed, unlessMalformed } from '../../../base/index.ts';
import { cmsOids } from '../../formats/cms/index.ts';
import type { TimestampToken } from '../../formats/tsp/index.ts';
import { type Certificate, type DigestName, readCertificates } from '../../formats/x509/index.ts';
import type { Finding } from '../indication.ts';
import { contentOfBytes } from '../signed-content.ts';
import type { ReferenceFact, TimestampFacts, TimestampType } from '../signed-document.ts';
import { readCmsToken } from './cms-token.ts';
import { tokenOf } from './token-of.ts';

/** What a time-stamp is over: gives the digest that the imprint must be, undefined where that is not known. */
export type ImprintOf = (algorithm: DigestName, token: TimestampToken) => Promise<Uint8Array | undefined>;

/** What is known of a time-stamp besides its bytes. */
export interface TimestampSource {
  readonly type: TimestampType;
  readonly archiveForm?: 'v2' | 'v3';
  readonly imprintOf: ImprintOf;
  /** Ids of what it proves to have existed. */
  readonly covers: (token: TimestampToken) => Iterable<string>;
  readonly candidates: readonly Certificate[];
  readonly formatFindings?: readonly Finding[];
}

/**
 * Facts of a time-stamp token: its own CMS signature, and whether its imprint is that of what it stands for.
 * @returns undefined where the bytes are no time-stamp token
 */
export async function readTimestamp(bytes: Uint8Array, source: TimestampSource): Promise<TimestampFacts | undefined> {
  const token = tokenOf(bytes);
  const [signer, another] = token?.signedData.signers ?? [];
  if (!token || !signer) return undefined;
  const { signedData } = token;
  const candidates = [...readCertificates(signedData.certificates), ...source.candidates];
  const facts = await readCmsToken({
    signer,
    contentType: cmsOids.timestampInfo,
    content: signedData.content && contentOfBytes(signedData.content),
    candidates,
    referenceKind: 'MESSAGE_DIGEST',
  });
  const tooMany: Finding[] = another ? [{ code: 'FORMAT_BROKEN', detail: 'a time-stamp with several signers' }] : [];
  return {
    ...facts,
    id: timestampId(bytes),
    formatFindings: [...facts.formatFindings, ...tooMany, ...(source.formatFindings ?? [])],
    references: [await imprintReference(token, source.imprintOf), ...facts.references],
    type: source.type,
    ...(source.archiveForm ? { archiveForm: source.archiveForm } : {}),
    productionTime: token.productionTime,
    covers: new Set(unlessMalformed(() => source.covers(token)) ?? []),
  };
}

/** The id of a time-stamp in reports and proofs. */
export function timestampId(bytes: Uint8Array): string {
  return `T-${createHash('sha256').update(bytes).digest('hex')}`;
}

/** What cannot be read of the things a time-stamp is over leaves its imprint unfound; the rest stands. */
async function imprintReference(token: TimestampToken, imprintOf: ImprintOf): Promise<ReferenceFact> {
  const { imprintDigest: digestAlgorithm } = token;
  const expected =
    digestAlgorithm && (await unlessMalformed(() => imprintOf(digestAlgorithm, token))?.catch(ignoreMalformed));
  return {
    kind: 'MESSAGE_IMPRINT',
    ...(digestAlgorithm ? { digestAlgorithm } : {}),
    found: expected !== undefined,
    intact: expected !== undefined && Buffer.compare(expected, token.imprint) === 0,
  };
}
