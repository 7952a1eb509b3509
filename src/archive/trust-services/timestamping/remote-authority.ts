import { randomBytes } from 'node:crypto';
import { type Clock, FormatError } from '../../../base/index.ts';
import { encodeTimestampRequest, readTimestampResponse } from '../../../standards/formats/tsp/index.ts';
import { publicRequest, type RequestCredentials } from '../online/public-request.ts';
import type { MaterialSource } from '../online/validation-material.ts';
import { checkTimestamp } from './check-timestamp.ts';
import {
  AuthorityFailed,
  type AuthoritySettings,
  type ImprintToStamp,
  type TimestampAuthority,
} from './timestamp-authority.ts';

/** The operator names the authority, so that it may stand in our own network, too. */
const limits = { milliseconds: 20_000, bytes: 256 << 10, isAllowed: () => true };

/** By whom the tokens of an authority are judged. */
export interface AuthorityTrust {
  readonly clock: Clock;
  readonly anchors: () => Promise<readonly Uint8Array[]>;
  readonly source?: MaterialSource;
}

/** An authority that is asked over HTTP (RFC 3161 3.4). */
export function remoteAuthority(settings: AuthoritySettings, trust: AuthorityTrust): TimestampAuthority {
  const { name, url, policy, price, monthlyQuota } = settings;
  return {
    name,
    isTest: false,
    ...(price ? { price } : {}),
    ...(monthlyQuota === undefined ? {} : { monthlyQuota }),
    stamp: async (imprint) => {
      const nonce = randomBytes(16);
      const token = await askFor(imprint, nonce, settings, url);
      const checked = await checkTimestamp({
        token,
        imprint,
        nonce,
        ...(policy === undefined ? {} : { requestedPolicy: policy }),
        anchors: await trust.anchors(),
        validationTime: trust.clock(),
        ...(trust.source ? { source: trust.source } : {}),
      });
      return { token, authority: name, isTest: false, ...checked };
    },
  };
}

async function askFor(
  { algorithm, value }: ImprintToStamp,
  nonce: Uint8Array,
  settings: AuthoritySettings,
  url: string,
): Promise<Uint8Array> {
  const { policy } = settings;
  const bytes = encodeTimestampRequest({ algorithm, imprint: value, nonce, ...(policy ? { policy } : {}) });
  const credentials = credentialsOf(settings);
  const answer = await publicRequest(
    { url, body: { type: 'application/timestamp-query', bytes }, ...(credentials ? { credentials } : {}) },
    limits,
  );
  if (typeof answer === 'string')
    throw new AuthorityFailed(answer === 'TIMED_OUT' ? 'TIMED_OUT' : 'UNREACHABLE', `${url}: ${answer}`);
  const response = readAnswer(answer);
  if ('token' in response) return response.token;
  const { status, failures, text } = response;
  throw new AuthorityFailed('REFUSED', `status ${status} ${failures.join(', ')} ${text}`.trim());
}

function readAnswer(answer: Uint8Array) {
  try {
    return readTimestampResponse(answer);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuthorityFailed('ANSWER_BROKEN', 'the answer is no TimeStampResp', { cause });
  }
}

function credentialsOf({ username, password, certificate, key, passphrase }: AuthoritySettings) {
  const basic = Buffer.from(`${username ?? ''}:${password ?? ''}`, 'utf8').toString('base64');
  const credentials: RequestCredentials = {
    ...(username === undefined ? {} : { authorization: `Basic ${basic}` }),
    ...(certificate && key ? { certificate, key, ...(passphrase ? { passphrase } : {}) } : {}),
  };
  return Object.keys(credentials).length > 0 ? credentials : undefined;
}
