import { bytesReader, ignoreMalformed, sha256Hex } from '../../../base/index.ts';
import { openPdf, readPageCount } from '../../../standards/formats/pdf/index.ts';
import type { AsicEntry } from '../../../standards/seals/index.ts';
import type { CatalogFile, CopyFileDigest } from '../../data-management/index.ts';
import type { ValidationMaterial } from '../../trust-services/index.ts';
import type { AttachedFile } from './certificate-pdf.ts';
import { certificateTitle, serbian } from './certificate-text.ts';
import type { CopyContext } from './copy-context.ts';
import type { CopyRequest } from './copy-request.ts';
import type { CopySource } from './copy-source.ts';
import type { CopyStatement } from './copy-statement.ts';
import type { CopyFile, CopyPages } from './issued-copy.ts';
import { type SealingKey, sealFacts } from './issuer.ts';
import { type ContainerSeal, sealCertificate, sealContainer } from './seal-copy.ts';
import { type CopyIdentity, stateCopy } from './state-copy.ts';
import { copyVerifyText } from './verify-text.ts';

/** A certified copy that was made, and is not issued yet. */
export interface MadeCopy {
  readonly statement: CopyStatement;
  /** The container, the certificate, then reading copies of originals that are PDFs. */
  readonly files: readonly CopyFile[];
  readonly digests: readonly CopyFileDigest[];
  readonly seal: ContainerSeal;
  readonly pages: CopyPages;
}

/** What travels in the PDF itself: larger originals are in the container alone. */
const largestAttachment = 32 << 20;

/** A certificate as it is drawn, before anybody signs it. */
export interface DrawnCertificate {
  readonly statement: CopyStatement;
  readonly certificate: Uint8Array;
}

/** States what the copy is and draws the certificate with the originals attached (PDF/A-3). @throws what `stateCopy` throws */
export async function drawCertificate(
  context: CopyContext,
  source: CopySource,
  request: CopyRequest,
  key: SealingKey,
  identity: CopyIdentity,
): Promise<DrawnCertificate> {
  const statement = stateCopy(context, source, request, sealFacts(key), identity);
  const attached = attachments(source, statementJson(statement));
  return { statement, certificate: await context.drawing.certificate(statement, scriptOf(request), attached) };
}

/**
 * Makes a certified copy of a drawn certificate: seals it (PAdES), puts all of it into a container (ASiC-E), and stamps for each
 * original that is a PDF one for reading (CC-01).
 * @param drawn the certificate as it was drawn, or as the authorised person signed it
 * @throws ArchiveError SEAL_UNAVAILABLE | TIMESTAMP_UNAVAILABLE
 */
export async function sealCopy(
  context: CopyContext,
  source: CopySource,
  request: CopyRequest,
  key: SealingKey,
  { statement, certificate: drawn }: DrawnCertificate,
): Promise<MadeCopy> {
  const script = scriptOf(request);
  const seal = { key, context };
  const title = certificateTitle(statement);
  const certificate = await sealCertificate(drawn, seal, {
    signerName: statement.issuer.name,
    reason: `${serbian(title, script)} / ${title.en}`,
    ...placeOf(statement),
  });
  const originals = source.files.map(({ name, bytes }) => ({ name, bytes }));
  const { container, seal: containerSeal } = await sealContainer(
    [
      ...originals,
      { name: 'certificate.pdf', bytes: certificate },
      { name: 'copy.json', bytes: statementJson(statement) },
      ...source.reports,
      ...source.status.map(({ path, content }) => ({ name: path, bytes: content })),
      ...materialFiles(source.material),
      { name: 'VERIFY.txt', bytes: Buffer.from(copyVerifyText(statement)) },
    ],
    source.files.map(({ name, bytes, evidenceRecord }) => ({ entry: { name, bytes }, evidenceRecord })),
    seal,
  );
  const base = statement.isTest ? `TEST-${source.record.number}` : statement.number;
  const files: CopyFile[] = [
    { name: `${base}.asice`, bytes: container, role: 'container' },
    { name: `${base}-certificate.pdf`, bytes: certificate, role: 'certificate' },
  ];
  for (const { name, bytes, file } of source.files) {
    const stamped = isStamped(file) ? await context.drawing.readingCopy(bytes, statement, script) : undefined;
    if (stamped) files.push({ name: `${base}-reading-${name}`, bytes: stamped, role: `reading-${name}` });
  }
  const digests = [
    ...files.map(({ role, bytes }) => ({ role, sha256: sha256Hex(bytes) })),
    ...source.files.map(({ name, file }) => ({ role: name, sha256: file.sha256 })),
  ];
  return { statement, files, digests, seal: containerSeal, pages: await pagesOf(drawn, source) };
}

/** An original whose pages cannot be counted has none (CC-03). */
async function pagesOf(certificate: Uint8Array, { files }: CopySource): Promise<CopyPages> {
  let originals = 0;
  for (const { bytes, file } of files)
    if (file.mimeType === 'application/pdf') originals += (await pageCount(bytes).catch(ignoreMalformed)) ?? 0;
  return { certificate: (await pageCount(certificate)) ?? 0, ...(originals > 0 ? { originals } : {}) };
}

const pageCount = async (bytes: Uint8Array) => readPageCount(await openPdf(bytesReader(bytes)));

const scriptOf = ({ script = 'Cyrl' }: CopyRequest) => script;
const statementJson = (statement: CopyStatement) => Buffer.from(`${JSON.stringify(statement, undefined, 2)}\n`);

/** What takes too long to be stamped is handed out without a copy for reading. */
const largestReading = 64 << 20;
const isStamped = ({ mimeType, size }: CatalogFile) => mimeType === 'application/pdf' && size <= largestReading;

const placeOf = ({ place }: CopyStatement) => (place ? { place } : {});

/** The originals, the facts for programs, and the evidence records, so that the certificate alone can be checked. */
function attachments({ files }: CopySource, json: Uint8Array): AttachedFile[] {
  const attached: AttachedFile[] = [
    {
      name: 'copy.json',
      bytes: json,
      mimeType: 'application/json',
      description: 'What this certificate states, for programs',
      relationship: 'Data',
    },
  ];
  for (const { name, bytes, file, evidenceRecord } of files) {
    if (bytes.length <= largestAttachment)
      attached.push({ name, bytes, mimeType: file.mimeType, description: 'The original', relationship: 'Source' });
    attached.push({
      name: `${name}.ers`,
      bytes: evidenceRecord,
      mimeType: 'application/octet-stream',
      description: 'Evidence record of the original (RFC 4998)',
      relationship: 'Supplement',
    });
  }
  return attached;
}

function materialFiles({ certificates, crls, ocspResponses }: ValidationMaterial): AsicEntry[] {
  const named = (kind: string, ending: string, all: readonly Uint8Array[]) =>
    all.map((bytes) => ({ name: `material/${kind}-${sha256Hex(bytes).slice(0, 16)}.${ending}`, bytes }));
  const all = [
    ...named('certificate', 'cer', certificates),
    ...named('crl', 'crl', crls),
    ...named('ocsp', 'ocsp', ocspResponses),
  ];
  return [...new Map(all.map((entry) => [entry.name, entry])).values()];
}
