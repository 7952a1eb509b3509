import { lookup as resolve } from 'node:dns';
import { type IncomingMessage, request as overHttp, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-addresses.ts';

/** What one request may cost, and where it may go. */
export interface RequestLimits {
  readonly milliseconds: number;
  readonly bytes: number;
  /** Tells whether an address may be connected to; only those of the public internet unless a test says otherwise. */
  readonly isAllowed?: (address: string) => boolean;
}

/** A question to a certificate authority; without a body it is a GET. */
export interface PublicRequest {
  readonly url: string;
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  readonly credentials?: RequestCredentials;
}

/** By what somebody whom we have a contract with knows us. They are given to the address that was asked, and to no other. */
export interface RequestCredentials {
  /** The value of the Authorization header. */
  readonly authorization?: string;
  /** A client certificate and its key, PEM. */
  readonly certificate?: string;
  readonly key?: string;
  readonly passphrase?: string;
}

/** Why nothing came back: a closed list, for logs and reports. */
export type RequestFailure = 'ADDRESS_REFUSED' | 'TIMED_OUT' | 'TOO_LARGE' | 'NOT_FOUND' | 'UNREACHABLE';

const mostRedirects = 3;

/**
 * Asks the public internet for something that a stranger's document points to. The address that the name resolves to is
 * looked at where the connection is made, so that no name leads into our own network, not by a redirect and not by an
 * answer that changes between question and connection; user names in addresses are refused.
 * @returns the body, or why there is none
 */
export async function publicRequest(
  { url, body, credentials }: PublicRequest,
  limits: RequestLimits,
): Promise<Uint8Array | RequestFailure> {
  const deadline = AbortSignal.timeout(limits.milliseconds);
  let target = allowedUrl(url);
  for (let redirects = 0; target && redirects <= mostRedirects; redirects++) {
    const answer = await ask(target, body, limits, deadline, credentials);
    if (answer instanceof Uint8Array || typeof answer === 'string') return answer;
    if (credentials) return 'ADDRESS_REFUSED';
    target = allowedUrl(answer.location, target);
  }
  return 'ADDRESS_REFUSED';
}

function allowedUrl(text: string, base?: URL): URL | undefined {
  if (text.length > 2000 || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  const isPlain = url.username === '' && url.password === '' && ['http:', 'https:'].includes(url.protocol);
  return isPlain ? url : undefined;
}

type Answer = Uint8Array | RequestFailure | { readonly location: string };

function ask(
  url: URL,
  body: PublicRequest['body'],
  limits: RequestLimits,
  signal: AbortSignal,
  credentials: RequestCredentials = {},
): Promise<Answer> {
  const { authorization, certificate, key, passphrase } = credentials;
  const isAllowed = limits.isAllowed ?? isPublicAddress;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0 && !isAllowed(host)) return Promise.resolve('ADDRESS_REFUSED');
  const options: RequestOptions = {
    method: body ? 'POST' : 'GET',
    lookup: guardedLookup(isAllowed),
    agent: false,
    signal,
    ...(certificate && key ? { cert: certificate, key, ...(passphrase ? { passphrase } : {}) } : {}),
    headers: {
      Accept: '*/*',
      'User-Agent': 'trajno',
      ...(authorization ? { Authorization: authorization } : {}),
      ...(body ? { 'Content-Type': body.type, 'Content-Length': body.bytes.length } : {}),
    },
  };
  return new Promise((settle) => {
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    const request = send(url, options, (response) => {
      read(response, limits.bytes).then(settle, (error) => settle(failureOf(error)));
    });
    request.on('error', (error) => settle(failureOf(error)));
    request.end(body?.bytes);
  });
}

class RefusedAddress extends Error {}

/** Gives a connection only addresses that are allowed; a name that also leads elsewhere is refused as a whole. */
function guardedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address)))
        return callback(new RefusedAddress(hostname), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function read(response: IncomingMessage, mostBytes: number): Promise<Answer> {
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) {
    response.destroy();
    if (statusCode >= 300 && statusCode < 400 && headers.location) return { location: headers.location };
    return statusCode === 404 || statusCode === 410 ? 'NOT_FOUND' : 'UNREACHABLE';
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > mostBytes) {
      response.destroy();
      return 'TOO_LARGE';
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failureOf(error: Error & { code?: string; cause?: unknown }): RequestFailure {
  if (error instanceof RefusedAddress || error.cause instanceof RefusedAddress) return 'ADDRESS_REFUSED';
  return error.name === 'AbortError' || error.name === 'TimeoutError' || error.code === 'ABORT_ERR'
    ? 'TIMED_OUT'
    : 'UNREACHABLE';
}
