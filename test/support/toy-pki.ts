import { X509Certificate } from 'node:crypto';
import {
  type CertificateHolder,
  type CertificateStatus,
  certificateId,
  type RevocationReason,
  type TimestampSource,
} from '../../src/standards/seals/index.ts';
import { type HolderOptions, intermediateName, rootName, toyHolder } from './toy-certificates.ts';
import {
  type Revocation,
  type RevocationOptions,
  statusOf,
  type TimestampOptions,
  toyCrl,
  toyStatusResponse,
  toyToken,
} from './toy-statements.ts';

/**
 * A small world of trust at a moment: root → intermediate → signers, a time-stamping authority and an OCSP responder
 * below the intermediate. Everything is made from plain options, at any time wished for.
 * @param at the moment that validities are counted from: authorities ±20 years, others ±1 year
 * @param world the organization in every name; another world has other keys, so that its root is a stranger
 * @param url where {@link serveToyPki} serves it; certificates of a PKI that is not served name no addresses
 */
export async function toyPki(options: { at?: Date; url?: string; world?: string } = {}) {
  const { at = new Date('2026-11-24T12:00:00Z'), url, world = 'Igračka PKI' } = options;
  const revoked = new Map<bigint, Revocation>();
  let serial = 1000n;

  const holder = (wish: HolderOptions) => {
    serial += 1n;
    return toyHolder({ at, world, url }, serial, wish);
  };
  const root = await holder({ name: rootName, profile: 'authority' });
  const intermediate = await holder({ name: intermediateName, profile: 'authority', issuer: root });
  const timestampAuthority = await holder({
    name: 'Igračka vremenski žig',
    profile: 'timestamps',
    issuer: intermediate,
  });
  const statusResponder = await holder({ name: 'Igračka OCSP', profile: 'status', issuer: intermediate });

  return {
    at,
    url,
    root,
    intermediate,
    timestampAuthority,
    statusResponder,
    anchors: [root.signer.chain[0]],
    anchorPem: new X509Certificate(root.signer.chain[0]).toString(),

    /** Someone who signs, certified by the intermediate. */
    signer: (options: HolderOptions = {}) => holder({ issuer: intermediate, ...options }),
    /** An authority below the intermediate or, with `issuer: undefined`, another root. */
    authority: (options: HolderOptions = {}) =>
      holder({ name: 'Još jedno telo', profile: 'authority', issuer: intermediate, ...options }),

    /** From now on CRLs, OCSP responses and the served endpoints say that the certificate is revoked. */
    revoke: (whom: CertificateHolder, when = at, reason: RevocationReason = 'keyCompromise') =>
      void revoked.set(whom.serialNumber, { at: when, reason }),

    /** A time-stamp source that gives tokens as `options` say. */
    timestamps:
      (options: TimestampOptions = {}): TimestampSource =>
      ({ algorithm, value }) => {
        serial += 1n;
        const imprint = { algorithm, value: Buffer.from(value, 'hex') };
        return toyToken({ at, authority: timestampAuthority, ...options }, imprint, serial);
      },

    /** The CRL of an authority. */
    crl: (options: RevocationOptions = {}) => toyCrl(options.issuer ?? intermediate, revoked, at, options),

    /** The OCSP response about certificates of one issuer, by the delegated responder or by `signedBy`. */
    ocsp: (
      about: CertificateHolder,
      options: RevocationOptions & { status?: CertificateStatus; signedBy?: CertificateHolder } = {},
    ) => {
      const issuer = options.issuer ?? intermediate;
      const id = certificateId(about.signer.chain[0], issuer.signer.chain[0]);
      const status = options.status ?? statusOf(revoked, about.serialNumber);
      return toyStatusResponse(id, status, options.signedBy ?? statusResponder, at, options);
    },

    /** What is known of a serial number. */
    status: (serialNumber: bigint) => statusOf(revoked, serialNumber),
  };
}

export type ToyPki = Awaited<ReturnType<typeof toyPki>>;
