import { bytesReader, digestOf, readWhole } from '../../../base/index.ts';
import { sealCades } from '../cades.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { checkLevels, type SealLevels, type TimestampSource } from '../levels.ts';
import { referenceDigest, type SignatureDigest } from '../signature-algorithm.ts';
import { canonical, element } from '../xades/canonical-xml.ts';
import { sealXades } from '../xades/seal-xades.ts';
import type { AsicEntry, AsicFile } from './asic-entry.ts';
import { asicManifest, type DigestedFile, digested, fileType, relativeUri, xmlDeclaration } from './asic-manifest.ts';

/** How a container is sealed. */
export interface AsicOptions extends SealLevels {
  /** One file with its signature, or any number of files. */
  readonly form: 'ASiC-S' | 'ASiC-E';
  readonly signature: 'CAdES' | 'XAdES';
  readonly signingTime: Date;
}

/**
 * Seals files in an Associated Signature Container (EN 319 162-1): `mimetype`, the files, then `META-INF`.
 * @returns the entries in the order they have to be written, `mimetype` stored: see {@link packAsic}
 * @throws RangeError when an ASiC-S is to hold more or less than one file, and for a level without those below it; whatever
 *   signer and the sources of time-stamps and material throw
 */
export async function sealAsic(
  files: readonly AsicEntry[],
  signer: DigestSigner,
  options: AsicOptions,
): Promise<AsicEntry[]> {
  const read = files.map(({ name, bytes }) => ({ name, reader: bytesReader(bytes) }));
  return [asicMimetype(options.form), ...files, ...(await signatureEntries(read, signer, options, inMemory))];
}

/** The entry that a container begins with (EN 319 162-1 A.1). */
export function asicMimetype(form: AsicOptions['form']): AsicEntry {
  const kind = form === 'ASiC-S' ? 'asic-s' : 'asic-e';
  return { name: 'mimetype', bytes: Buffer.from(`application/vnd.etsi.${kind}+zip`) };
}

/**
 * The entries of `META-INF` alone: the files are read once, and need not be in memory where the signature is a CAdES one.
 * @throws as {@link sealAsic}; RangeError for a file over 64 MB under a XAdES signature
 */
export async function asicSignature(
  files: readonly AsicFile[],
  signer: DigestSigner,
  options: AsicOptions,
): Promise<AsicEntry[]> {
  return signatureEntries(files, signer, options, largestXmlSignedFile);
}

async function signatureEntries(
  files: readonly AsicFile[],
  signer: DigestSigner,
  options: AsicOptions,
  largest: number,
): Promise<AsicEntry[]> {
  checkLevels(options);
  if (options.form === 'ASiC-S' && files.length !== 1) throw new RangeError('an ASiC-S holds exactly one file');
  return options.signature === 'XAdES'
    ? xmlSignature(files, signer, options, largest)
    : cmsSignature(files, signer, options);
}

/** Files under a XAdES signature are held in memory: up to so many octets each, where they are not there already. */
const largestXmlSignedFile = 64 * 1024 * 1024;
const inMemory = Number.POSITIVE_INFINITY;

/** The signatures file of EN 319 162-1 4.3.3.2 and 4.4.3.2, and for ASiC-E the manifest that OpenDocument readers look for. */
async function xmlSignature(
  files: readonly AsicFile[],
  signer: DigestSigner,
  options: AsicOptions,
  largest: number,
): Promise<AsicEntry[]> {
  const detached = await Promise.all(
    files.map(async ({ name, mediaType = fileType, reader }) => {
      return { uri: relativeUri(name), mediaType, bytes: await readWhole(reader, largest) };
    }),
  );
  const signature = await sealXades({ packaging: 'detached', files: detached }, signer, options);
  const root = element('asic:XAdESSignatures', {}, { canonical: [Buffer.from(signature).toString('utf8')] });
  const bytes = Buffer.from(xmlDeclaration + canonical(root));
  if (options.form === 'ASiC-S') return [{ name: 'META-INF/signatures.xml', bytes }];
  return [
    { name: 'META-INF/manifest.xml', bytes: openDocumentManifest(files) },
    { name: 'META-INF/signatures001.xml', bytes },
  ];
}

/** A signature over the one file (4.3.3.2), or over the manifest that lists the files with their digests (4.4.3.2). */
async function cmsSignature(
  files: readonly AsicFile[],
  signer: DigestSigner,
  options: AsicOptions,
): Promise<AsicEntry[]> {
  const [only] = files;
  if (options.form === 'ASiC-S' && only) {
    const bytes = await sealCades(only.reader, signer, { ...options, detached: true });
    return [{ name: 'META-INF/signature.p7s', bytes }];
  }
  const { archiveTimestamp, ...upToLt } = options;
  const digest = referenceDigest(signer.algorithm);
  const reference = { MimeType: signatureType, URI: signatureName };
  const manifest = {
    name: 'META-INF/ASiCManifest001.xml',
    bytes: asicManifest(await digestedAll(files, digest), digest, reference),
  };
  const sealed = await sealCades(bytesReader(manifest.bytes), signer, { ...upToLt, detached: true });
  const entries = [manifest, { name: signatureName, bytes: sealed }];
  return archiveTimestamp ? [...entries, ...(await archiveManifest(files, entries, archiveTimestamp))] : entries;
}

const signatureName = 'META-INF/signature001.p7s';
const signatureType = 'application/pkcs7-signature';
const timestampName = 'META-INF/timestamp001.tst';

/** Level LTA of an ASiC-E with CAdES: a time-stamp over an ASiCArchiveManifest of all there is (EN 319 162-1 A.7). */
async function archiveManifest(
  files: readonly AsicFile[],
  [manifest, signature]: readonly AsicEntry[],
  source: TimestampSource,
): Promise<AsicEntry[]> {
  const covered = [
    ...(signature ? [{ name: signature.name, mediaType: signatureType, reader: bytesReader(signature.bytes) }] : []),
    ...(manifest ? [{ name: manifest.name, mediaType: 'text/xml', reader: bytesReader(manifest.bytes) }] : []),
    ...files,
  ];
  const reference = { MimeType: 'application/vnd.etsi.timestamp-token', URI: timestampName };
  const bytes = asicManifest(await digestedAll(covered, 'sha256'), 'sha256', reference);
  return [
    { name: 'META-INF/ASiCArchiveManifest.xml', bytes },
    { name: timestampName, bytes: await source(digestOf(bytes, 'sha256')) },
  ];
}

/** One after another: a container's files may be many, and large. */
async function digestedAll(files: readonly AsicFile[], digest: SignatureDigest): Promise<DigestedFile[]> {
  const found: DigestedFile[] = [];
  for (const file of files) found.push(await digested(file, digest));
  return found;
}

function openDocumentManifest(files: readonly AsicFile[]): Uint8Array {
  const listed = files.map(({ name, mediaType = fileType }) => [name, mediaType]);
  const paths = [['/', 'application/vnd.etsi.asic-e+zip'], ...listed].map(([path = '', type = '']) =>
    element('manifest:file-entry', { 'manifest:full-path': path, 'manifest:media-type': type }),
  );
  return Buffer.from(xmlDeclaration + canonical(element('manifest:manifest', { 'manifest:version': '1.2' }, paths)));
}
