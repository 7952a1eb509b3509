import type { Address } from 'postal-mime';
import { FormatError } from '../../../base/index.ts';

/** A message of RFC 5322 and what hangs on it (RFC 2045, 2047, 2231). */
export interface MailMessage {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** When it was sent, ISO 8601; absent where the header is no date. */
  readonly date?: string;
  readonly subject?: string;
  /** With its angle brackets. */
  readonly messageId?: string;
  readonly attachments: readonly MailAttachment[];
  /** By the type of its outermost part; what the signature is worth is not said here (S/MIME, RFC 8551). */
  readonly protection?: 'signed' | 'encrypted';
}

export interface MailAttachment {
  readonly name: string;
  readonly mimeType: string;
  readonly content: Uint8Array;
}

const largest = 64 << 20;
const mostParts = 5000;
const mostAttachments = 500;
const longestText = 10_000;

/**
 * Reads a message: header, and attachments decoded. Refuses more than 64 MB, 5,000 parts, 500 attachments, 32 levels, 1 MB
 * of headers.
 * @throws FormatError for what is no message, or is beyond these limits
 */
export async function readMessage(bytes: Uint8Array): Promise<MailMessage> {
  if (bytes.length > largest) throw malformed(`over ${largest} bytes`);
  if (linesThatMayPart(bytes) > mostParts * 2) throw malformed(`over ${mostParts} parts`);
  const mail = await parsed(bytes);
  const has = (key: string) => mail.headers.some((header) => header.key === key);
  if (!has('from') || !(has('date') || has('message-id') || has('received')))
    throw malformed('no header of a message (From, Date)');
  if (mail.attachments.length > mostAttachments) throw malformed(`over ${mostAttachments} attachments`);
  const type = mail.headers.find(({ key }) => key === 'content-type')?.value ?? '';
  const protection = protectionOf(type);
  const date = mail.date === undefined ? Number.NaN : Date.parse(mail.date);
  return {
    from: mail.from ? named([mail.from]) : [],
    to: named(mail.to),
    cc: named(mail.cc),
    ...(Number.isNaN(date) ? {} : { date: new Date(date).toISOString() }),
    ...(mail.subject ? { subject: mail.subject.slice(0, longestText) } : {}),
    ...(mail.messageId ? { messageId: mail.messageId.slice(0, longestText) } : {}),
    ...(protection ? { protection } : {}),
    attachments: mail.attachments.map(({ filename, mimeType, content }, index) => ({
      name: (filename ?? `attachment-${index + 1}`).slice(0, 255),
      mimeType,
      content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
  };
}

async function parsed(bytes: Uint8Array) {
  try {
    const { default: PostalMime } = await import('postal-mime'); // loaded when it is used
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: 32,
      maxHeadersSize: 1 << 20,
    });
  } catch (cause) {
    throw new FormatError('MIME', 'cannot be read', { cause });
  }
}

function protectionOf(type: string): MailMessage['protection'] | undefined {
  if (/^multipart\/signed\b/i.test(type) || /smime-type\s*=\s*"?signed-data/i.test(type)) return 'signed';
  if (/^multipart\/encrypted\b/i.test(type) || /smime-type\s*=\s*"?(enveloped|authenveloped)-data/i.test(type))
    return 'encrypted';
  return undefined;
}

function named(addresses: readonly Address[] = []): string[] {
  return addresses.flatMap((one) => {
    if (one.group) return named(one.group);
    return [one.name ? `${one.name} <${one.address}>` : (one.address ?? '')];
  });
}

/** Lines that begin with two hyphens: a part costs at least one, and far more than the line when it is parsed. */
function linesThatMayPart(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at + 2 < bytes.length; at++)
    if (bytes[at] === 0x0a && bytes[at + 1] === 0x2d && bytes[at + 2] === 0x2d) lines++;
  return lines;
}

function malformed(detail: string): FormatError {
  return new FormatError('MIME', detail);
}
