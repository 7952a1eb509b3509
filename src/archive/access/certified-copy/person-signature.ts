import { ArchiveError, bytesReader, utcSeconds } from '../../../base/index.ts';
import { examineEvidenceRecord } from '../../../standards/evidence/index.ts';
import { openPdf, readSignatureFields } from '../../../standards/formats/pdf/index.ts';
import type { SignatureReport } from '../../../standards/signatures/index.ts';
import { type CatalogRecord, regimeOf } from '../../data-management/index.ts';
import { validateWithMaterial } from '../../trust-services/index.ts';
import type { CopyContext } from './copy-context.ts';

/** The authorised person's own signature on a certificate, as the register keeps it (ZED-05). */
export interface PersonSignature {
  readonly signedBy: string;
  readonly certificateSerial: string;
  readonly certificateSha256: string;
  readonly indication: string;
  readonly subIndication?: string;
  readonly qualification?: string;
  readonly checkedAt: string;
}

/** What a signing program adds behind its signature to make it last. */
const ofLaterLevels: readonly string[] = ['LATER_REVISIONS', 'SIGNATURES_ADDED'];

/**
 * Checks a certificate that the authorised person signed: it is the prepared one with one signature added, by the certificate
 * that it names, which for a permanent record is a qualified one (ZED-04 and 05).
 * @throws ArchiveError PERSON_SIGNATURE_REFUSED with what is wrong and what to do
 */
export async function checkPersonSignature(
  context: CopyContext,
  record: CatalogRecord,
  prepared: Uint8Array,
  signed: Uint8Array,
  serial: string,
): Promise<PersonSignature> {
  if (signed.length <= prepared.length || Buffer.compare(signed.subarray(0, prepared.length), prepared) !== 0)
    throw refused(
      'The file is not the certificate that was prepared, with a signature added. Sign the very file that was downloaded, with a program that adds to it and does not print it anew.',
    );
  const reader = bytesReader(signed);
  const validationTime = context.clock();
  const trustedLists = await context.trustedLists?.current();
  const { report } = await validateWithMaterial(
    {
      document: reader,
      name: 'certificate.pdf',
      contents: [],
      anchors: await context.anchors(),
      ...(trustedLists ? { trustedLists } : {}),
      validationTime,
      examineEvidenceRecord,
    },
    context.materialSource,
  );
  const [signature, another] = report.signatures;
  if (!signature || another) throw refused('The certificate needs exactly one signature. Sign it once.');
  const changed = (signature.modifications ?? []).find(({ code }) => !ofLaterLevels.includes(code));
  if (changed) throw refused(`Something was changed after it was signed. ${changed.message}`);
  const fields = await readSignatureFields(await openPdf(reader));
  if (fields.some(({ docMdp }) => docMdp === 1))
    throw refused('The signature locks the document, so that no seal can be added. Sign without locking it.');
  return {
    ...certificateOf(signature, serial),
    ...verdictOf(signature, record),
    checkedAt: utcSeconds(validationTime),
  };
}

function verdictOf(
  { indication, subIndication, qualification, reason }: SignatureReport,
  { classification }: CatalogRecord,
): Pick<PersonSignature, 'indication' | 'subIndication' | 'qualification'> {
  if (indication === 'TOTAL_FAILED') throw refused(`The signature does not hold. ${reason}`);
  if (classification && regimeOf(classification) === 'permanent') {
    if (indication !== 'TOTAL_PASSED')
      throw refused(`A permanent record needs a signature that holds (TOTAL_PASSED). ${reason}`);
    if (!qualification?.startsWith('QESig'))
      throw refused(
        `A permanent record needs a qualified electronic signature; this one is ${qualification ?? 'of a certificate on no trusted list'}.`,
      );
  }
  return {
    indication,
    ...(subIndication ? { subIndication } : {}),
    ...(qualification ? { qualification } : {}),
  };
}

function certificateOf(
  { signedBy = '', signingCertSha256, signingCertSerial }: SignatureReport,
  serial: string,
): Pick<PersonSignature, 'signedBy' | 'certificateSerial' | 'certificateSha256'> {
  if (!signingCertSerial || !signingCertSha256)
    throw refused('The certificate of whoever signed is not in the signature.');
  if (plainSerial(signingCertSerial) !== plainSerial(serial))
    throw refused(
      `It was signed with certificate ${signingCertSerial}, and the authorised person has ${serial}. Choose that one when signing.`,
    );
  return { signedBy, certificateSerial: signingCertSerial, certificateSha256: signingCertSha256 };
}

/** Serial numbers are written with and without colons and leading zeros. */
export function plainSerial(serial: string): string {
  return serial
    .replace(/[:\s]/g, '')
    .replace(/^0+(?=.)/, '')
    .toUpperCase();
}

function refused(detail: string): ArchiveError {
  return new ArchiveError('PERSON_SIGNATURE_REFUSED', detail);
}
