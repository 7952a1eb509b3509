import { sha256Hex } from '../../../base/index.ts';
import type { AsicEntry } from '../../../standards/seals/index.ts';
import type { CatalogFile, CopyFileDigest } from '../../data-management/index.ts';
import type { ValidationMaterial } from '../../trust-services/index.ts';
import type { AttachedFile } from './certificate-pdf.ts';
import { certificateTitle, serbian } from './certificate-text.ts';
import type { CopyContext, CopyRequest } from './copy-context.ts';
import type { CopySource } from './copy-source.ts';
import type { CopyStatement } from './copy-statement.ts';
import { type SealingKey, sealFacts } from './issuer.ts';
import { type ContainerSeal, sealCertificate, sealContainer } from './seal-copy.ts';
import { type CopyIdentity, stateCopy } from './state-copy.ts';
import { copyVerifyText } from './verify-text.ts';

/** A file of a copy, as it is handed out. */
export interface CopyFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly role: string;
}

/** A certified copy that was made, and is not issued yet. */
export interface MadeCopy {
  readonly statement: CopyStatement;
  /** The container, the certificate, then reading copies of originals that are PDFs. */
  readonly files: readonly CopyFile[];
  readonly digests: readonly CopyFileDigest[];
  readonly seal: ContainerSeal;
}

/** What travels in the PDF itself: larger originals are in the container alone. */
const largestAttachment = 32 << 20;

/**
 * Makes a certified copy: the certificate with the original attached (PDF/A-3, PAdES), a container with all of it
 * (ASiC-E), and for each original that is a PDF a stamped one for reading (CC-01).
 * @throws ArchiveError TIMESTAMP_UNAVAILABLE, and what `stateCopy` throws
 */
export async function makeCopy(
  context: CopyContext,
  source: CopySource,
  request: CopyRequest,
  key: SealingKey,
  identity: CopyIdentity,
): Promise<MadeCopy> {
  const script = request.script ?? 'Cyrl';
  const statement = stateCopy(context, source, request, sealFacts(key), identity);
  const seal = { key, context };
  const json = Buffer.from(`${JSON.stringify(statement, undefined, 2)}\n`);
  const title = certificateTitle(statement);
  const certificate = await sealCertificate(
    await context.drawing.certificate(statement, script, attachments(source, json)),
    seal,
    {
      signerName: statement.issuer.name,
      reason: `${serbian(title, script)} / ${title.en}`,
      ...placeOf(statement),
    },
  );
  const originals = source.files.map(({ name, bytes }) => ({ name, bytes }));
  const { container, seal: containerSeal } = await sealContainer(
    [
      ...originals,
      { name: 'certificate.pdf', bytes: certificate },
      { name: 'copy.json', bytes: json },
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
  return { statement, files, digests, seal: containerSeal };
}

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
