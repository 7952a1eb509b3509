// biome-ignore-all lint/suspicious/noControlCharactersInRegex: byte signatures are made of them
import type { FileWindows } from './file-windows.ts';
import type { FormatFinding } from './format-identification.ts';

/** HTML, XML with what its root element says, JSON, e-mail and plain text: formats that are read as text. */
export function textFormat(windows: FileWindows): FormatFinding | undefined {
  const text = decoded(windows);
  if (text === undefined) return undefined;
  const start = text.replace(/^\uFEFF/, '');
  return (
    emailFormat(start) ??
    xmlFormat(start, windows) ??
    htmlFormat(start, windows.tail) ??
    jsonFormat(start, windows) ??
    plainFormat(start, windows)
  );
}

/** The head as characters: UTF-16 by its mark, else UTF-8; `undefined` for what is no text. */
function decoded({ headBytes, whole }: FileWindows): string | undefined {
  const utf16 =
    headBytes[0] === 0xff && headBytes[1] === 0xfe
      ? 'utf-16le'
      : headBytes[0] === 0xfe && headBytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16 === 'utf-16be')
    return Buffer.from(headBytes.subarray(0, headBytes.length & ~1))
      .swap16()
      .toString('utf16le');
  if (utf16) return Buffer.from(headBytes).toString('utf16le');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(headBytes, { stream: !whole });
  } catch {
    // Not UTF-8: an older code page. Only what announces itself (XML, HTML, e-mail) is recognised in it.
    return Buffer.from(headBytes).toString('latin1');
  }
}

function xmlFormat(text: string, { tail }: FileWindows): FormatFinding | undefined {
  const version = /^<\?xml\s{1,2}version\s?=\s?["'](1\.[01])["']/.exec(text)?.[1];
  const root = rootElement(text);
  if (version === undefined && root === undefined) return undefined;
  if (root && /^html$/i.test(root.name)) return htmlFormat(text, tail);
  if (root?.name === 'svg') {
    const edition = /\bversion\s?=\s?["'](1\.[012])["']/.exec(root.tag)?.[1];
    return { puid: edition === '1.2' ? 'fmt/413' : edition === '1.1' ? 'fmt/92' : 'fmt/91' };
  }
  if (version === undefined && !root?.namespace && !closes(root, tail)) return undefined;
  const puid = version === '1.1' ? 'fmt/1776' : 'fmt/101';
  const kind = root && kindOfXml(root, text, tail);
  return { puid, ...(kind ? { kind } : {}) };
}

function kindOfXml(root: RootElement, text: string, tail: string): FormatFinding['kind'] {
  if (/^urn:oasis:names:specification:ubl:schema:xsd:(Invoice|CreditNote)-2$/.test(root.namespace))
    return 'ubl-invoice';
  if (root.namespace === 'urn:ietf:params:xml:ns:ers') return 'evidence-record';
  const qualified = 'http://uri.etsi.org/01903/';
  if (text.includes(qualified) || tail.includes(qualified)) return 'xades-signature';
  const signature = 'http://www.w3.org/2000/09/xmldsig#';
  return text.includes(signature) || tail.includes(signature) ? 'xml-signature' : undefined;
}

/** Elements of HTML: parts of pages are kept in files of their own, and are no XML for that. */
const htmlElement =
  /^(a|b|blockquote|body|br|center|div|em|font|footer|form|frameset|h[1-6]|head|header|hr|i|img|input|link|main|meta|nav|ol|p|pre|script|section|span|strong|style|table|tbody|td|template|title|tr|ul)$/i;

/** An element that is closed at the very end is XML even where nothing else says so. */
function closes(root: RootElement | undefined, tail: string): boolean {
  if (!root || htmlElement.test(root.qualified)) return false;
  return new RegExp(`</${root.qualified.replaceAll('.', '\\.')}\\s{0,20}>\\s{0,200}$`).test(tail.slice(-512));
}

interface RootElement {
  /** With its prefix. */
  readonly qualified: string;
  readonly name: string;
  readonly namespace: string;
  /** The start tag without its brackets. */
  readonly tag: string;
}

/** The root element's start tag, after declaration, comments, instructions and a DOCTYPE without subset. */
function rootElement(text: string): RootElement | undefined {
  let at = 0;
  for (let skipped = 0; skipped < 100; skipped++) {
    while (at < text.length && /\s/.test(text[at] as string)) at += 1;
    const end = text.startsWith('<!--', at)
      ? '-->'
      : text.startsWith('<?', at)
        ? '?>'
        : text.startsWith('<!', at)
          ? '>'
          : undefined;
    if (end === undefined) break;
    const closed = text.indexOf(end, at + 2);
    if (closed < 0) return undefined;
    at = closed + end.length;
  }
  const tag = /^<([A-Za-z_][\w.:-]{0,200}[^<>]{0,20000})>/.exec(text.slice(at, at + 20_300))?.[1];
  const qualified = tag && /^[A-Za-z_][\w.:-]*/.exec(tag)?.[0];
  if (!tag || !qualified) return undefined;
  const [prefix, local] = qualified.includes(':') ? (qualified.split(':', 2) as [string, string]) : ['', qualified];
  const declaration = prefix ? `xmlns:${prefix.replaceAll('.', '\\.')}` : 'xmlns';
  const namespace = new RegExp(`\\s${declaration}\\s?=\\s?["']([^"']{0,500})["']`).exec(tag)?.[1] ?? '';
  return { qualified, name: local, namespace, tag };
}

function htmlFormat(text: string, tail: string): FormatFinding | undefined {
  const start = text.slice(0, 4096);
  const declared = /<!DOCTYPE\s{1,4}html([^>]{0,300})>/i.exec(start)?.[1];
  if (declared !== undefined) {
    if (/XHTML 1\.0/i.test(declared)) return { puid: 'fmt/102' };
    if (/XHTML 1\.1/i.test(declared)) return { puid: 'fmt/103' };
    if (/HTML 4\.01/i.test(declared)) return { puid: 'fmt/100' };
    if (/HTML 4\.0/i.test(declared)) return { puid: 'fmt/99' };
    return declared.trim() === '' || /about:legacy-compat/i.test(declared) ? { puid: 'fmt/471' } : { puid: 'fmt/96' };
  }
  return /<html[\s>]?/i.test(start) && /<\/(html|body)/i.test(tail.slice(-4096)) ? { puid: 'fmt/96' } : undefined;
}

function jsonFormat(text: string, { whole, tail }: FileWindows): FormatFinding | undefined {
  if (
    /^[A-Za-z0-9_-]{10,90000}\.[A-Za-z0-9_-]{0,}\.[A-Za-z0-9_-]{20,}\s{0,4}$/.test(text.slice(0, 100_000)) &&
    text.startsWith('eyJ')
  )
    return { puid: 'x-fmt/111', mimeType: 'application/jose', name: 'JSON Web Signature, compact', kind: 'jws' };
  if (!/^\s{0,200}[[{]/.test(text)) return undefined;
  if (!whole)
    return /^\s{0,200}(\{\s{0,200}["}]|\[)/.test(text) && /[\]}]\s{0,200}$/.test(tail)
      ? { puid: 'fmt/817' }
      : undefined;
  const value = parsedJson(text);
  if (value === undefined) return undefined;
  // a detached one has no payload (RFC 7515 appendix F)
  const signed = 'signatures' in value || ('signature' in value && ('payload' in value || 'protected' in value));
  return signed ? { puid: 'fmt/817', mimeType: 'application/jose+json', kind: 'jws' } : { puid: 'fmt/817' };
}

function parsedJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // something else that begins with a brace
  }
}

/**
 * A mail box (RFC 4155) by the line that separates its messages, a message (RFC 5322) by its header fields: from the first
 * line on, with an originator and one more field that letters have.
 */
function emailFormat(text: string): FormatFinding | undefined {
  const start = text.slice(0, 20_000);
  if (/^From [^\r\n]{3,200}\d{4}\r?\n[A-Za-z][A-Za-z0-9-]{1,60}:/.test(start)) return { puid: 'fmt/720' };
  const field = (name: string) => new RegExp(`(^|\\n)${name}:`, 'i').test(start);
  const isLetter =
    /^[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r]/.test(start) &&
    field('From') &&
    (field('Date') || field('Message-ID') || field('Received')) &&
    (field('To') || field('Subject'));
  return isLetter ? { puid: 'fmt/278' } : undefined;
}

/** Plain text: UTF-8 or UTF-16 without control characters but those that lay lines out, or of an older code page. */
function plainFormat(text: string, { headBytes, tail }: FileWindows): FormatFinding | undefined {
  const marked = ['fffe', 'feff'].includes(headBytes.toString('hex', 0, 2));
  if (hasControls(text) || (!marked && hasControls(tail))) return undefined;
  return marked || isUtf8(headBytes) || isSpaced(headBytes) ? { puid: 'x-fmt/111' } : undefined;
}

/** Bytes of a code page that nothing names are text when they are laid out in words: noise has control characters first. */
function isSpaced(bytes: Buffer): boolean {
  let spaces = 0;
  for (const byte of bytes) if (byte === 0x20 || byte === 0x0a || byte === 0x0d) spaces += 1;
  return bytes.length >= 32 && spaces * 64 >= bytes.length;
}

function hasControls(text: string): boolean {
  return /[\x00-\x08\x0E-\x1A\x1C-\x1F]/.test(text);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false; // a code page that nothing names
  }
}
