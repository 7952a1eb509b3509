import { bytesReader } from '../../../base/index.ts';
import { examineEvidenceRecord } from '../../../standards/evidence/index.ts';
import { validateDocument } from '../../../standards/signatures/index.ts';
import { plainSerial } from '../certified-copy/person-signature.ts';
import {
  type Check,
  check,
  failed,
  informative,
  passed,
  signatureOutcomes,
  type Trust,
} from '../verification-check.ts';
import type { ReadCopy } from './read-copy.ts';

/** What comes after the person's signature: the institution's seal, and what makes both last. */
const afterPerson: readonly string[] = ['LATER_REVISIONS', 'SIGNATURES_ADDED'];

/**
 * Checks the authorised person's own signature on a certificate that states it has one. Whether the person's certificate is
 * trusted is told and does not decide: the seal answers for the copy, and the issuer checked the person.
 */
export async function verifyPerson({ kind, reader, files, statement }: ReadCopy, trust: Trust): Promise<Check[]> {
  if (!statement.personSignature) return [];
  const document = kind === 'certificate' ? reader : bytesReader(files.get('certificate.pdf') ?? new Uint8Array());
  const { signatures } = await validateDocument({
    document,
    name: 'certificate.pdf',
    contents: [],
    anchors: trust.anchors,
    validationTime: trust.validationTime,
    examineEvidenceRecord,
  });
  const [signature, seal] = signatures;
  if (!signature || !seal || signatures.length !== 2)
    return [failed('person-signature', 'The signature of the authorised person is missing.')];
  const { signedBy = '', signingCertSerial = '', indication, reason } = signature;
  const serial = statement.authorisedPerson?.certificateSerial ?? '';
  if (plainSerial(signingCertSerial) !== plainSerial(serial))
    return [
      failed('person-signature', `It is signed with certificate ${signingCertSerial}; the copy names ${serial}.`),
    ];
  const changed = (signature.modifications ?? []).find(({ code }) => !afterPerson.includes(code));
  if (changed) return [failed('person-signature', `Changed after the person signed. ${changed.message}`)];
  if (indication === 'TOTAL_FAILED') return [failed('person-signature', `${signedBy}: ${reason}`)];
  if (indication === 'TOTAL_PASSED')
    return [passed('person-signature', `${signedBy}, certificate ${serial}: ${reason}`)];
  return [
    informative(
      check('person-signature', signatureOutcomes[indication], `${signedBy}, certificate ${serial}: ${reason}`),
    ),
  ];
}
