import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import { readCrl, readOcspResponse } from '../../../standards/formats/revocation/index.ts';
import { readCertificate } from '../../../standards/formats/x509/index.ts';
import type { WantedMaterial } from '../../../standards/signatures/index.ts';
import { type PublicRequest, publicRequest, type RequestFailure, type RequestLimits } from './public-request.ts';

/** What was had, DER. */
export interface ValidationMaterial {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

/** Fetches validation material, and remembers what it had. */
export interface MaterialSource {
  /** What is wanted, or undefined when none of its addresses gave any. */
  obtain(wanted: WantedMaterial): Promise<Uint8Array | undefined>;
}

const limits: Readonly<Record<WantedMaterial['kind'], RequestLimits>> = {
  CERTIFICATE: { milliseconds: 8_000, bytes: 64 << 10 },
  OCSP: { milliseconds: 8_000, bytes: 128 << 10 },
  CRL: { milliseconds: 30_000, bytes: 64 << 20 },
};

/** How long what was had is good without being asked for again, at most; and how long a failure is believed. */
const longestKept = 12 * 3_600_000;
const failureKept = 5 * 60_000;
const mostKept = 64 << 20;

interface Kept {
  readonly until: number;
  readonly der: Uint8Array | undefined;
}

/**
 * A source that asks the public internet. Answers are kept until they are out of date (their `nextUpdate`, or half a day),
 * failures for five minutes; the same wish made twice at once is asked once.
 * @param tell is told of every address that gave nothing
 * @param isAllowed which addresses may be connected to; those of the public internet when left out
 */
export function onlineMaterial(
  clock: () => Date,
  tell: (url: string, failure: RequestFailure) => void = () => undefined,
  isAllowed?: (address: string) => boolean,
): MaterialSource {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<Uint8Array | undefined>>();
  const obtainFrom = async (kind: WantedMaterial['kind'], request: PublicRequest) => {
    const answer = await publicRequest(request, { ...limits[kind], ...(isAllowed ? { isAllowed } : {}) });
    if (typeof answer !== 'string') return readable(kind, answer, clock());
    tell(request.url, answer);
    return nothing;
  };
  const obtainOne = (kind: WantedMaterial['kind'], url: string, body: PublicRequest['body']) => {
    const key = keyOf(url, body);
    const known = kept.get(key);
    if (known && known.until > clock().getTime()) return Promise.resolve(known.der);
    const running = underWay.get(key);
    if (running) return running;
    const started = obtainFrom(kind, { url, ...(body ? { body } : {}) })
      .then((found) => {
        keep(kept, key, { der: found.der, until: clock().getTime() + found.keptFor });
        return found.der;
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  };
  return {
    obtain: async ({ kind, urls, request }) => {
      const body = request && { type: 'application/ocsp-request', bytes: request };
      for (const url of urls) {
        const found = await obtainOne(kind, url, body);
        if (found) return found;
      }
      return undefined;
    },
  };
}

interface Obtained {
  readonly der: Uint8Array | undefined;
  readonly keptFor: number;
}

const nothing: Obtained = { der: undefined, keptFor: failureKept };

/** What is not what was asked for, as the page of a hotel's network, is no answer. */
function readable(kind: WantedMaterial['kind'], bytes: Uint8Array, now: Date): Obtained {
  try {
    const der = derOf(bytes);
    const nextUpdate = kind === 'CRL' ? readCrl(der).nextUpdate : kind === 'OCSP' ? nextUpdateOf(der) : undefined;
    if (kind === 'CERTIFICATE') readCertificate(der);
    const left = nextUpdate ? nextUpdate.getTime() - now.getTime() : longestKept;
    return { der, keptFor: Math.max(failureKept, Math.min(longestKept, left)) };
  } catch (error) {
    if (error instanceof FormatError) return nothing;
    throw error;
  }
}

function nextUpdateOf(der: Uint8Array): Date | undefined {
  return readOcspResponse(der).responses.find(({ nextUpdate }) => nextUpdate !== undefined)?.nextUpdate;
}

/** Some authorities serve PEM where DER is asked for. */
function derOf(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x30) return bytes;
  const text = Buffer.from(bytes).toString('latin1');
  const block = /-----BEGIN (?:CERTIFICATE|X509 CRL)-----([A-Za-z0-9+/=\s]+)-----END/.exec(text)?.[1];
  return block === undefined ? bytes : Buffer.from(block, 'base64');
}

function keyOf(url: string, body: PublicRequest['body']): string {
  return body ? `${url} ${createHash('sha256').update(body.bytes).digest('hex')}` : url;
}

/** Keeps the newest 64 MB: maps give their members in the order in which they were put in. */
function keep(kept: Map<string, Kept>, key: string, value: Kept): void {
  kept.delete(key);
  kept.set(key, value);
  let size = 0;
  for (const { der } of kept.values()) size += der?.length ?? 0;
  for (const [oldest, { der }] of kept) {
    if (size <= mostKept && kept.size <= 10_000) return;
    kept.delete(oldest);
    size -= der?.length ?? 0;
  }
}
