import { digestBytes, type SignatureDigest } from '../signature-algorithm.ts';
import { canonical, element } from '../xades/canonical-xml.ts';
import { digestUri } from '../xades/xml-algorithms.ts';
import type { AsicEntry } from './asic-entry.ts';

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const fileType = 'application/octet-stream';

/** A file's name as a relative reference (RFC 3986 4.2). */
export const relativeUri = (name: string) => name.split('/').map(encodeURIComponent).join('/');

/**
 * An ASiCManifest (EN 319 162-1 A.4): the files with their digests.
 * @param reference attributes of the SigReference: what is over them
 */
export function asicManifest(
  files: readonly AsicEntry[],
  digest: Exclude<SignatureDigest, 'shake256'>,
  reference: { readonly URI: string; readonly MimeType?: string },
): Uint8Array {
  const references = files.map(({ name, bytes }) =>
    element('asic:DataObjectReference', { MimeType: fileType, URI: relativeUri(name) }, [
      element('ds:DigestMethod', { Algorithm: digestUri(digest) }),
      element('ds:DigestValue', {}, Buffer.from(digestBytes(digest, bytes)).toString('base64')),
    ]),
  );
  const manifest = element('asic:ASiCManifest', {}, [element('asic:SigReference', { ...reference }), ...references]);
  return Buffer.from(xmlDeclaration + canonical(manifest));
}
