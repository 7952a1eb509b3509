import { chunksOf } from '../../../base/index.ts';
import { type SignatureDigest, startDigest } from '../signature-algorithm.ts';
import { canonical, element } from '../xades/canonical-xml.ts';
import { digestUri } from '../xades/xml-algorithms.ts';
import type { AsicFile } from './asic-entry.ts';

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const fileType = 'application/octet-stream';

/** A file's name as a relative reference (RFC 3986 4.2). */
export const relativeUri = (name: string) => name.split('/').map(encodeURIComponent).join('/');

/** A file as a manifest names it. */
export interface DigestedFile {
  readonly name: string;
  readonly mediaType?: string;
  readonly digest: Uint8Array;
}

/** A file with its digest, read in pieces. */
export async function digested({ name, mediaType, reader }: AsicFile, digest: SignatureDigest): Promise<DigestedFile> {
  const hash = startDigest(digest);
  for await (const chunk of chunksOf(reader)) hash.update(chunk);
  return { name, ...(mediaType ? { mediaType } : {}), digest: hash.digest() };
}

/**
 * An ASiCManifest (EN 319 162-1 A.4): the files with their digests.
 * @param reference attributes of the SigReference: what is over them
 */
export function asicManifest(
  files: readonly DigestedFile[],
  algorithm: Exclude<SignatureDigest, 'shake256'>,
  reference: { readonly URI: string; readonly MimeType?: string },
): Uint8Array {
  const references = files.map(({ name, mediaType: MimeType = fileType, digest }) =>
    element('asic:DataObjectReference', { MimeType, URI: relativeUri(name) }, [
      element('ds:DigestMethod', { Algorithm: digestUri(algorithm) }),
      element('ds:DigestValue', {}, Buffer.from(digest).toString('base64')),
    ]),
  );
  const manifest = element('asic:ASiCManifest', {}, [element('asic:SigReference', { ...reference }), ...references]);
  return Buffer.from(xmlDeclaration + canonical(manifest));
}
