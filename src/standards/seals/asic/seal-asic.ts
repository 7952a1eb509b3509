import { bytesReader } from '../../../base/index.ts';
import { sealCades, type TimestampSource } from '../cades.ts';
import type { DigestSigner } from '../digest-signer.ts';
import { referenceDigest } from '../signature-algorithm.ts';
import { canonical, element } from '../xades/canonical-xml.ts';
import { sealXades } from '../xades/seal-xades.ts';
import type { AsicEntry } from './asic-entry.ts';
import { asicManifest, fileType, relativeUri, xmlDeclaration } from './asic-manifest.ts';

/** How a container is sealed. */
export interface AsicOptions {
  /** One file with its signature, or any number of files. */
  readonly form: 'ASiC-S' | 'ASiC-E';
  readonly signature: 'CAdES' | 'XAdES';
  readonly signingTime: Date;
  /** Makes the signature one at level T. */
  readonly timestamp?: TimestampSource;
}

/**
 * Seals files in an Associated Signature Container (EN 319 162-1): `mimetype`, the files, then `META-INF`.
 * @returns the entries in the order they have to be written, `mimetype` stored: see {@link packAsic}
 * @throws RangeError when an ASiC-S is to hold more or less than one file
 */
export async function sealAsic(
  files: readonly AsicEntry[],
  signer: DigestSigner,
  options: AsicOptions,
): Promise<AsicEntry[]> {
  if (options.form === 'ASiC-S' && files.length !== 1) throw new RangeError('an ASiC-S holds exactly one file');
  const kind = options.form === 'ASiC-S' ? 'asic-s' : 'asic-e';
  return [
    { name: 'mimetype', bytes: Buffer.from(`application/vnd.etsi.${kind}+zip`) },
    ...files,
    ...(await (options.signature === 'XAdES' ? xmlSignature : cmsSignature)(files, signer, options)),
  ];
}

/** The signatures file of EN 319 162-1 4.3.3.2 and 4.4.3.2, and for ASiC-E the manifest that OpenDocument readers look for. */
async function xmlSignature(
  files: readonly AsicEntry[],
  signer: DigestSigner,
  options: AsicOptions,
): Promise<AsicEntry[]> {
  const detached = files.map(({ name, bytes }) => ({ uri: relativeUri(name), mediaType: fileType, bytes }));
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
  files: readonly AsicEntry[],
  signer: DigestSigner,
  options: AsicOptions,
): Promise<AsicEntry[]> {
  const seal = (bytes: Uint8Array) => sealCades(bytesReader(bytes), signer, { ...options, detached: true });
  const [only] = files;
  if (options.form === 'ASiC-S' && only) return [{ name: 'META-INF/signature.p7s', bytes: await seal(only.bytes) }];
  const manifest = asicManifest(files, referenceDigest(signer.algorithm), {
    MimeType: 'application/pkcs7-signature',
    URI: signatureName,
  });
  return [
    { name: 'META-INF/ASiCManifest001.xml', bytes: manifest },
    { name: signatureName, bytes: await seal(manifest) },
  ];
}

const signatureName = 'META-INF/signature001.p7s';

function openDocumentManifest(files: readonly AsicEntry[]): Uint8Array {
  const paths = [['/', 'application/vnd.etsi.asic-e+zip'], ...files.map(({ name }) => [name, fileType])].map(
    ([path = '', type = '']) =>
      element('manifest:file-entry', { 'manifest:full-path': path, 'manifest:media-type': type }),
  );
  return Buffer.from(xmlDeclaration + canonical(element('manifest:manifest', { 'manifest:version': '1.2' }, paths)));
}
