// biome-ignore-all lint/suspicious/noControlCharactersInRegex: byte signatures are made of them
import type { FileWindows } from './file-windows.ts';
import type { FormatFinding } from './format-identification.ts';

const signedData = '\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02';
const envelopedData = '\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03';
const digestedData = '\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x05';
const encryptedData = '\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x06';
const authEnvelopedData = '\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17';
const data = '\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01';
const timestampInfo = '\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04';

/** The first bytes tell. */
const enough = 4096;

/** A SEQUENCE with its length in DER or BER, definite or not. */
const sequence = /^\x30(?:[\x00-\x80]|\x81[\s\S]|\x82[\s\S]{2}|\x83[\s\S]{3}|\x84[\s\S]{4})/;

/** CMS (RFC 5652) in DER, BER or PEM, time-stamp tokens and responses (RFC 3161), by the object identifiers at their start. */
export function cmsFormat({ headBytes }: FileWindows): FormatFinding | undefined {
  const head = headBytes.toString('latin1', 0, enough);
  return cmsOf(head) ?? cmsOf(armoured(head));
}

function cmsOf(bytes: string | undefined): FormatFinding | undefined {
  const outer = bytes === undefined ? undefined : sequence.exec(bytes);
  if (!outer || bytes === undefined) return undefined;
  const content = bytes.slice(outer[0].length, outer[0].length + 256);
  const is = (identifier: string) => content.startsWith(identifier);
  if (is(envelopedData) || is(encryptedData) || is(authEnvelopedData))
    return { puid: 'fmt/670', mimeType: 'application/pkcs7-mime', kind: 'cms-encrypted' };
  if (is(digestedData)) return { puid: 'fmt/670', mimeType: 'application/pkcs7-mime' };
  if (is(signedData)) return signedDataFinding(content);
  if (
    /^\x30[\x03-\x7F]\x02\x01[\x00-\x05]/.test(content) &&
    content.includes(signedData) &&
    content.includes(timestampInfo)
  )
    return { mimeType: 'application/timestamp-reply', name: 'Time-stamp response (RFC 3161)', kind: 'timestamp' };
  if (/^\x02\x01[\x00-\x01]\x30[\x0B-\x7F]\x30[\x09-\x7F]\x06/.test(content))
    return { name: 'Evidence record (RFC 4998)', kind: 'evidence-record' };
  // PRONOM's own signature: whatever begins with an identifier of PKCS.
  return is('\x06\x09\x2A\x86\x48\x86\xF7') ? { puid: 'fmt/670', mimeType: 'application/pkcs7-mime' } : undefined;
}

function signedDataFinding(content: string): FormatFinding {
  if (content.includes(timestampInfo))
    return { puid: 'fmt/670', mimeType: 'application/vnd.etsi.timestamp-token', kind: 'timestamp' };
  // encapContentInfo is the type alone: a SEQUENCE of 11 bytes, or of indefinite length that ends after it.
  const detached = content.includes(`\x30\x0B${data}`) || content.includes(`\x30\x80${data}\0\0`);
  return detached
    ? { puid: 'fmt/670', mimeType: 'application/pkcs7-signature', kind: 'cms-detached' }
    : { puid: 'fmt/670', mimeType: 'application/pkcs7-mime', kind: 'cms-signed' };
}

/** The first bytes inside a PEM armour, or of a file that is nothing but base64 (S/MIME without its headers). */
function armoured(head: string): string | undefined {
  const body = /^\s{0,16}-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----\r?\n([A-Za-z0-9+/=\r\n]{40,2048})/.exec(
    head,
  )?.[1];
  const bare = body ?? /^(MI[A-Za-z0-9+/=\r\n]{40,2048})/.exec(head)?.[1];
  return bare === undefined ? undefined : Buffer.from(bare, 'base64').toString('latin1');
}
