import { bytesReader, sha256Hex, unlessMalformed } from '../../../base/index.ts';
import { type ValidationReport, validateDocument } from '../../../standards/signatures/index.ts';
import { readTrustedList, type TrustedList } from '../../../standards/trusted-lists/index.ts';

/** Why a list is not used: a closed list, for logs and the job's outcome. */
export type ListRefusal =
  | 'BROKEN'
  | 'UNSIGNED'
  | 'SIGNER_UNKNOWN'
  | 'SIGNATURE_INVALID'
  | 'NOT_WHOLLY_SIGNED'
  | 'WRONG_TERRITORY'
  | 'OLDER_THAN_BEFORE'
  | 'TOO_MANY_PIVOTS'
  | 'TOO_LARGE'
  | 'UNREACHABLE';

/**
 * Reads a trusted list and verifies its signature (TS 119 612 5.7.1; TS 119 615 4.1.4, 4.2.4): one signature, over the whole
 * list, made with one of the certificates that may sign it. Those are trusted as they stand, and nobody whom they certify.
 * @param signers DER
 */
export async function verifyTrustedList(
  bytes: Uint8Array,
  signers: readonly Uint8Array[],
  validationTime: Date,
): Promise<TrustedList | ListRefusal> {
  const list = unlessMalformed(() => readTrustedList(bytes));
  if (!list) return 'BROKEN';
  const report = await validateDocument({
    document: bytesReader(bytes),
    name: 'trusted-list.xml',
    sha256: list.sha256,
    contents: [],
    anchors: signers,
    validationTime,
  });
  return signatureRefusal(report, list, new Set(signers.map(sha256Hex))) ?? list;
}

function signatureRefusal(
  { signatures }: ValidationReport,
  { id }: TrustedList,
  signers: ReadonlySet<string>,
): ListRefusal | undefined {
  const [signature, another] = signatures;
  if (!signature) return 'UNSIGNED';
  if (another) return 'SIGNATURE_INVALID';
  if (!signature.signingCertSha256 || !signers.has(signature.signingCertSha256)) return 'SIGNER_UNKNOWN';
  if (signature.indication !== 'TOTAL_PASSED') return 'SIGNATURE_INVALID';
  // a signature over an object of its own says nothing of the list around it
  const isWhole = signature.scopes.some(
    ({ scope, name }) => scope === 'FULL' && (name === 'Full XML document' || (id !== undefined && name === id)),
  );
  return isWhole ? undefined : 'NOT_WHOLLY_SIGNED';
}

/** What a list says of its own territory; nothing of it is verified. */
export function territoryOf(bytes: Uint8Array): string | undefined {
  return unlessMalformed(() => readTrustedList(bytes))?.territory;
}
