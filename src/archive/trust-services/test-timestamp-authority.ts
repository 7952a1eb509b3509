import { randomBytes } from 'node:crypto';
import { type Clock, FormatError } from '../../base/index.ts';
import {
  grantedTimestamp,
  issueTimestampToken,
  type MessageImprint,
  readTimestampRequest,
  refusedTimestamp,
  type TimestampRequest,
  type TimestampSource,
} from '../../standards/seals/index.ts';
import { type Anchor, openTestKey, testPolicy, testRevocationList, testSubject } from './test-authority.ts';

/** The policy in the tokens of built-in test authorities: whoever reads it knows what the token is worth. */
export const testTimestampPolicy = `${testPolicy}.2`;

/** A time-stamping authority in this process, for trying the archive with nothing configured. */
export interface TestTimestampAuthority {
  readonly timestamp: TimestampSource;
  /** Answers a TimeStampReq with a TimeStampResp (RFC 3161), both DER; a bad request gets a refusal. */
  respond(request: Uint8Array): Promise<Uint8Array>;
  readonly anchor: Anchor;
  /** The list of its authority, of now, DER. */
  revocationList(): Promise<Uint8Array>;
}

/**
 * The built-in time-stamping authority of a data folder. Certificate and policy say that it is a test; its time is the
 * clock's, which nobody vouches for.
 */
export async function openTestTimestampAuthority(dataFolder: string, clock: Clock): Promise<TestTimestampAuthority> {
  const { signer, anchor } = await openTestKey(dataFolder, clock, {
    name: 'test-timestamps',
    subject: testSubject(
      'Trajno TEST timestamps – prove nothing to outsiders',
      'Probni vremenski žig – ne dokazuje ništa trećim licima',
    ),
    profile: 'timestamps',
    lasting: 365 * 24 * 3_600_000,
  });
  const issue = (messageImprint: MessageImprint, wish: Pick<TimestampRequest, 'nonce' | 'certificatesWanted'>) =>
    issueTimestampToken(
      {
        policy: testTimestampPolicy,
        messageImprint,
        serialNumber: BigInt(`0x01${randomBytes(15).toString('hex')}`),
        productionTime: wholeSecond(clock()),
        accuracy: 1,
        includeCertificates: wish.certificatesWanted,
        ...(wish.nonce === undefined ? {} : { nonce: wish.nonce }),
      },
      signer,
    );
  return {
    anchor,
    timestamp: ({ algorithm, value }) =>
      issue({ algorithm, value: Buffer.from(value, 'hex') }, { certificatesWanted: true }),
    respond: (request) => respond(request, issue),
    revocationList: () => testRevocationList(dataFolder, clock),
  };
}

type Issue = (imprint: MessageImprint, request: TimestampRequest) => Promise<Uint8Array>;

async function respond(bytes: Uint8Array, issue: Issue): Promise<Uint8Array> {
  let request: TimestampRequest;
  try {
    request = readTimestampRequest(bytes);
  } catch (error) {
    if (error instanceof FormatError) return refusedTimestamp('badRequest', error.message);
    throw error;
  }
  if (request.policy !== undefined && request.policy !== testTimestampPolicy)
    return refusedTimestamp('unacceptedPolicy', 'This authority stamps under its test policy alone.');
  return grantedTimestamp(await issue(request.messageImprint, request));
}

const wholeSecond = (moment: Date) => new Date(Math.floor(moment.getTime() / 1000) * 1000);
