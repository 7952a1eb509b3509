import {
  authorityKeyIdentifier,
  type CertificateHolder,
  type CertificateStatus,
  crlNumber,
  issueRevocationList,
  issueStatusResponse,
  issueTimestampToken,
  type MessageImprint,
  type RevocationReason,
  softwareSigner,
  type TimestampContents,
} from '../../src/standards/seals/index.ts';
import { withLastBitFlipped } from './flipped-bit.ts';
import { daysFrom } from './toy-certificates.ts';
import { toyKey } from './toy-keys.ts';

/** One named fault of a time-stamp. */
export type TimestampFault = 'wrong-imprint' | 'broken-signature' | 'no-certificate';

/** What may be said of a time-stamp. */
export interface TimestampOptions
  extends Partial<Pick<TimestampContents, 'policy' | 'accuracy' | 'nonce' | 'ordering'>> {
  readonly at?: Date;
  readonly authority?: CertificateHolder;
  readonly fault?: TimestampFault;
}

/** What may be said of a CRL or an OCSP response. */
export interface RevocationOptions {
  readonly issuer?: CertificateHolder;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
  readonly fault?: 'broken-signature' | 'wrong-signer' | 'no-next-update';
}

/** Who was revoked when and why. */
export interface Revocation {
  readonly at: Date;
  readonly reason: RevocationReason;
}

/** By serial number; a toy PKI gives each only once. */
export type Revocations = ReadonlyMap<bigint, Revocation>;

/** The policy of the toy authority's time-stamps (an identifier from a random UUID). */
export const toyTimestampPolicy = '2.25.196556539987194312349856245628873852187.1';

/** What is known of a serial number. */
export function statusOf(revoked: Revocations, serialNumber: bigint): CertificateStatus {
  const revocation = revoked.get(serialNumber);
  if (!revocation) return { status: 'good' };
  return { status: 'revoked', revocationTime: revocation.at, reason: revocation.reason };
}

/** A time-stamp token over an imprint. */
export async function toyToken(
  options: TimestampOptions & { at: Date; authority: CertificateHolder },
  imprint: MessageImprint,
  serialNumber: bigint,
): Promise<Uint8Array> {
  const { at, authority, fault, ...contents } = options;
  const value = fault === 'wrong-imprint' ? withLastBitFlipped(imprint.value) : imprint.value;
  const token = await issueTimestampToken(
    {
      policy: toyTimestampPolicy,
      accuracy: 1,
      ...contents,
      messageImprint: { ...imprint, value },
      serialNumber,
      productionTime: at,
      includeCertificates: fault !== 'no-certificate',
    },
    authority.signer,
  );
  return fault === 'broken-signature' ? withLastBitFlipped(token) : token;
}

/** A CRL over all that was revoked. */
export async function toyCrl(
  issuer: CertificateHolder,
  revoked: Revocations,
  at: Date,
  options: RevocationOptions,
): Promise<Uint8Array> {
  const thisUpdate = options.thisUpdate ?? at;
  const list = await issueRevocationList(
    {
      issuer: issuer.subject,
      thisUpdate,
      ...(options.fault === 'no-next-update' ? {} : { nextUpdate: options.nextUpdate ?? daysFrom(thisUpdate, 7) }),
      revoked: [...revoked].map(([serialNumber, { at: revocationDate, reason }]) => ({
        serialNumber,
        revocationDate,
        reason,
      })),
      extensions: [
        authorityKeyIdentifier(issuer.subjectPublicKeyInfo),
        crlNumber(Math.floor(thisUpdate.getTime() / 1000)),
      ],
    },
    options.fault === 'wrong-signer' ? stranger() : issuer.signer,
  );
  return options.fault === 'broken-signature' ? withLastBitFlipped(list) : list;
}

/** An OCSP response about one certificate. */
export async function toyStatusResponse(
  id: Uint8Array,
  status: CertificateStatus,
  responder: CertificateHolder,
  at: Date,
  options: RevocationOptions & { nonce?: Uint8Array },
): Promise<Uint8Array> {
  const thisUpdate = options.thisUpdate ?? at;
  const { chain } = responder.signer;
  const response = await issueStatusResponse(
    {
      producedAt: thisUpdate,
      responderId: 'byKey',
      responses: [
        {
          ...status,
          certificateId: id,
          thisUpdate,
          ...(options.fault === 'no-next-update' ? {} : { nextUpdate: options.nextUpdate ?? daysFrom(thisUpdate, 1) }),
        },
      ],
      ...(options.nonce ? { nonce: options.nonce } : {}),
      certificates: options.fault === 'broken-signature' ? [] : [chain[0]], // the signature is then what the bytes end in
    },
    options.fault === 'wrong-signer' ? { ...stranger(), chain } : responder.signer,
  );
  return options.fault === 'broken-signature' ? withLastBitFlipped(response) : response;
}

const stranger = () => softwareSigner(toyKey('ecdsa', 'stranger'), [new Uint8Array()]);
