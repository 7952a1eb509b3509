import { digestBytes, type SignedContent } from '../signed-content.ts';

const largestField = 64 << 10;
const largestBody = 32 << 20;

/** HTTP header fields as they are signed, and as time-stamps are over them. */
export interface HeaderLines {
  readonly signed: string;
  /** With the body in place of its digest; undefined where a digest field is signed and the body is not at hand. */
  readonly stamped: Uint8Array | undefined;
}

/**
 * Lines of HTTP header fields (TS 119 182-1 5.2.8.2; draft-cavage-http-signatures-10 2.3). Each content handed in is the
 * value of the field of its name; one named like none is the body, whose digest is computed.
 * @returns undefined where a field is not at hand
 */
export async function headerLines(
  names: readonly string[],
  contents: readonly SignedContent[],
): Promise<HeaderLines | undefined> {
  const wanted = [...new Set(names.map((name) => name.trim().toLowerCase()))];
  const [body, another] = contents.filter(({ name = '' }) => !wanted.includes(name.toLowerCase()));
  const bodyOctets = body && !another ? await octetsOf(body, largestBody) : undefined;
  const signed: string[] = [];
  const stamped: Uint8Array[] = [];
  for (const name of wanted) {
    const value = (await fieldValue(name, contents)) ?? (name === 'digest' ? digestField(bodyOctets) : undefined);
    if (value === undefined || (name === 'digest' && !isDigestOf(value, bodyOctets))) return undefined;
    signed.push(`${name}: ${value}`);
    stamped.push(name === 'digest' && bodyOctets ? bodyOctets : Buffer.from(`${name}: ${value}`));
  }
  if (signed.length === 0) return undefined;
  const lines = stamped.flatMap((line, index) => (index > 0 ? [Buffer.from('\n'), line] : [line]));
  const lacksBody = wanted.includes('digest') && !bodyOctets;
  return { signed: signed.join('\n'), stamped: lacksBody ? undefined : Buffer.concat(lines) };
}

/** Several fields of one name are one, their values separated by commas. */
async function fieldValue(name: string, contents: readonly SignedContent[]): Promise<string | undefined> {
  const values: string[] = [];
  for (const content of contents.filter((one) => one.name?.toLowerCase() === name)) {
    const octets = await octetsOf(content, largestField);
    if (!octets) return undefined;
    values.push(octets.toString('latin1').trim());
  }
  return values.length > 0 ? values.join(', ') : undefined;
}

/** RFC 3230 4.3.2: the digest of the body in base64. */
function digestField(body: Uint8Array | undefined): string | undefined {
  const digest = body && digestBytes(body, 'SHA256');
  return digest && `SHA-256=${Buffer.from(digest).toString('base64')}`;
}

const digestNames = { 'SHA-256': 'SHA256', 'SHA-512': 'SHA512' } as const;

/** A body that was handed in must be the one whose digest is signed. */
function isDigestOf(value: string, body: Uint8Array | undefined): boolean {
  if (!body) return true;
  const [, name, digest] = /^(SHA-256|SHA-512)=([A-Za-z0-9+/=]{1,100})$/i.exec(value) ?? [];
  const algorithm = digestNames[(name ?? '').toUpperCase() as keyof typeof digestNames];
  const computed = algorithm && digestBytes(body, algorithm);
  return computed !== undefined && Buffer.from(computed).toString('base64') === digest;
}

async function octetsOf(content: SignedContent, most: number): Promise<Buffer | undefined> {
  const chunks = content.chunks();
  if (!chunks || (content.size ?? 0) > most) return undefined;
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
