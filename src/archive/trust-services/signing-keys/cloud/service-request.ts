import { ArchiveError } from '../../../../base/index.ts';
import { type Secret, sealUnavailable } from '../signing-key.ts';

/** What a remote signing service answers when it refuses: `error` of RFC 6749 5.2 and of the CSC API 8.1. */
export class ServiceRefused extends ArchiveError {
  readonly status: number;
  readonly error: string;
  constructor(path: string, status: number, error: string, description: string) {
    super('SEAL_UNAVAILABLE', `The remote signing service refused ${path}: ${status} ${error} ${description}`.trim());
    this.status = status;
    this.error = error;
  }
}

/** Requests to one service. */
export interface ServiceRequests {
  /** POST with a JSON body. @throws ServiceRefused, ArchiveError SEAL_UNAVAILABLE */
  json(path: string, body: object, authorization?: string): Promise<Record<string, unknown>>;
  /** GET of a JSON object. */
  get(url: string): Promise<Record<string, unknown>>;
  /** POST with a form, to an address of the authorization server. */
  form(url: string, fields: Readonly<Record<string, string>>): Promise<Record<string, unknown>>;
}

const usualLimits = { milliseconds: 30_000, bytes: 1 << 20 };

/**
 * Asks a service: over TLS, but for loopback; an answer has to come within time and size; redirects are not followed, since
 * what is sent is for this address alone.
 * @param base with a slash at its end
 */
export function serviceRequests(base: string, limits: Partial<typeof usualLimits> = {}): ServiceRequests {
  const { milliseconds, bytes } = { ...usualLimits, ...limits };
  const ask = async (url: string, sent?: { type: string; body: string; authorization?: string | undefined }) => {
    const path = new URL(checkedAddress(url)).pathname;
    const response = await fetch(url, {
      method: sent ? 'POST' : 'GET',
      redirect: 'manual',
      signal: AbortSignal.timeout(milliseconds),
      headers: {
        Accept: 'application/json',
        'User-Agent': 'trajno',
        ...(sent ? { 'Content-Type': sent.type } : {}),
        ...(sent?.authorization ? { Authorization: sent.authorization } : {}),
      },
      ...(sent ? { body: sent.body } : {}),
    }).catch((cause) => {
      throw sealUnavailable(`the remote signing service does not answer (${path}).`, withoutInput(cause));
    });
    if (response.status >= 300 && response.status < 400)
      throw sealUnavailable(`the remote signing service redirects ${path}, which is not followed.`);
    const answer = parsed(await limitedText(response, bytes, path), response.status, path);
    if (response.ok) return answer;
    const { error, error_description: description } = answer;
    throw new ServiceRefused(path, response.status, shortText(error), shortText(description));
  };
  return {
    json: (path, body, authorization) =>
      ask(`${base}${path}`, { type: 'application/json', body: JSON.stringify(body), authorization }),
    get: (url) => ask(url),
    form: (url, fields) => {
      const body = new URLSearchParams(fields).toString();
      return ask(url, { type: 'application/x-www-form-urlencoded', body });
    },
  };
}

/** @throws ArchiveError USAGE for an address that would show secrets on the way */
export function checkedAddress(url: string): string {
  const parsedUrl = URL.canParse(url) ? new URL(url) : undefined;
  const isLoopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(parsedUrl?.hostname ?? '');
  const isSafe = parsedUrl?.protocol === 'https:' || (parsedUrl?.protocol === 'http:' && isLoopback);
  if (isSafe && parsedUrl.username === '' && parsedUrl.password === '') return url;
  throw new ArchiveError(
    'USAGE',
    `A remote signing service is asked over https: alone, not at “${url.slice(0, 100)}”.`,
  );
}

async function limitedText(response: Response, mostBytes: number, path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const body: AsyncIterable<Uint8Array> | null = response.body as unknown as AsyncIterable<Uint8Array> | null;
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > mostBytes) throw sealUnavailable(`the answer to ${path} is larger than an answer is.`);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof ArchiveError) throw cause;
    throw sealUnavailable(`the answer to ${path} broke off.`, withoutInput(cause));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string, status: number, path: string): Record<string, unknown> {
  try {
    const value: unknown = text === '' && status === 204 ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // the sentence below says all there is to say: an answer that is no JSON may be a login page
  }
  throw sealUnavailable(`the answer to ${path} (${status}) is no JSON object.`);
}

const shortText = (value: unknown) =>
  typeof value === 'string' ? value.replace(/[^\p{L}\p{N}\p{P} ]/gu, ' ').slice(0, 300) : '';

/** A failure of the network by its message alone: what was sent has secrets in it. */
const withoutInput = (cause: unknown) => new Error(cause instanceof Error ? cause.message : 'unknown');

/** By whom the service knows the archive. */
export interface ServiceClient {
  /** Base of the API, such as `https://service/csc/v2/`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** How long one answer may take, and how large it may be, where not as usual. */
  readonly limits?: Partial<typeof usualLimits>;
}
