import { type ByteReader, chunksOf, FormatError } from '../../../base/index.ts';
import { readSignedData } from '../../formats/cms/index.ts';
import type { ContainerKind } from '../signed-document.ts';
import { zipContainerKind } from './asic-container.ts';
import { tokenOf } from './token-of.ts';

const headLength = 1 << 16;

/** Tells the kind of document from its first bytes; parses no further than that needs. */
export async function detectContainer(reader: ByteReader): Promise<ContainerKind> {
  const head = Buffer.from(await reader.read(0, headLength));
  const text = head.subarray(0, 4096).toString('latin1');
  if (text.startsWith('%PDF-')) return 'PDF';
  if (text.startsWith('PK\u0003\u0004')) return zipContainerKind(reader);
  const trimmed = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (trimmed.startsWith('<')) return xmlKind(reader, head.toString('latin1'));
  if (isCompactJws(head.toString('latin1').trimStart(), reader.size) || (await isJsonJws(trimmed, reader)))
    return 'JWS';
  if (head[0] === 0x30) return asn1Kind(reader, head);
  return text.slice(0, 1024).includes('%PDF-') ? 'PDF' : 'none';
}

const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** An evidence record in XML has that root; a signature may stand anywhere, at the end of a long document too. */
async function xmlKind(reader: ByteReader, head: string): Promise<ContainerKind> {
  if (/<(?:[\w.-]{1,40}:)?EvidenceRecord[\s>]/.test(head.slice(0, 4096)) && head.includes('urn:ietf:params:xml:ns:ers'))
    return 'ER';
  if (head.includes(signatureNamespace)) return 'XML';
  let before = '';
  for await (const chunk of chunksOf(reader)) {
    const text = before + Buffer.from(chunk).toString('latin1');
    if (text.includes(signatureNamespace)) return 'XML';
    before = text.slice(-signatureNamespace.length);
  }
  return 'none';
}

/** Three parts (RFC 7515 7.1), of which the first is a JSON object in base64url, which may be longer than what is looked at. */
function isCompactJws(head: string, size: number): boolean {
  const [header = ''] = /^[A-Za-z0-9_-]*/.exec(head) ?? [];
  const start = Buffer.from(header.slice(0, 400), 'base64url').toString('latin1');
  return (
    /^\s{0,40}\{\s{0,40}"/.test(start) &&
    (head[header.length] === '.' || (head.length === header.length && size > headLength))
  );
}

const jwsMembers = [/"signatures?"\s{0,20}:/, /"(?:protected|header)"\s{0,20}:/];

/** An object with the members of the JSON serializations (RFC 7515 7.2), wherever they stand. */
async function isJsonJws(text: string, reader: ByteReader): Promise<boolean> {
  if (!/^\{\s{0,400}"/.test(text)) return false;
  let before = '';
  let missing = jwsMembers;
  for await (const chunk of chunksOf(reader)) {
    const window = before + Buffer.from(chunk).toString('latin1');
    missing = missing.filter((member) => !member.test(window));
    if (missing.length === 0) return true;
    before = window.slice(-60);
  }
  return false;
}

const signedDataOid = '06092a864886f70d010702';
const timestampInfoOid = '060b2a864886f70d0109100104';
/** An EvidenceRecord starts with its version, a small INTEGER, then a SEQUENCE of algorithms (RFC 4998 3.1). */
const evidenceRecordStart = /^30(?:80|8[1-4](?:[0-9a-f]{2}){1,4}|[0-7][0-9a-f])02010130/;

async function asn1Kind(reader: ByteReader, head: Buffer): Promise<ContainerKind> {
  const hex = head.subarray(0, 400).toString('hex');
  if (evidenceRecordStart.test(hex)) return 'ER';
  const atType = hex.indexOf(signedDataOid);
  if (atType >= 0 && atType < 48 && !hex.includes(timestampInfoOid)) return 'CMS';
  if (reader.size > 8 << 20) return atType >= 0 ? 'CMS' : 'none';
  const bytes = await reader.read(0, reader.size);
  if (tokenOf(bytes)) return 'TSP';
  try {
    readSignedData(bytes);
    return 'CMS';
  } catch (error) {
    if (error instanceof FormatError) return atType >= 0 && atType < 48 ? 'CMS' : 'none';
    throw error;
  }
}
