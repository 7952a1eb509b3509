import { X509Certificate } from 'node:crypto';
import {
  authorityKeyIdentifier,
  type CertificateHolder,
  type CertificateProfile,
  type CertificateRequest,
  type CertificateStatus,
  certificateId,
  certify,
  crlNumber,
  issueRevocationList,
  issueStatusResponse,
  issueTimestampToken,
  type MessageImprint,
  type RevocationReason,
  type StatusAccess,
  softwareSigner,
  type TimestampContents,
  type TimestampSource,
} from '../../src/standards/seals/index.ts';
import { type ToyKeyKind, toyAlgorithms, toyKey } from './toy-keys.ts';

const day = 24 * 3600 * 1000;
export const daysFrom = (moment: Date, days: number): Date => new Date(moment.getTime() + days * day);

/** One named fault of a certificate; without one it is good for its purpose. */
export type CertificateFault =
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-usage'
  | 'wrong-purpose'
  | 'purpose-not-critical'
  | 'broken-signature'
  | 'unknown-critical-extension'
  | 'issuer-not-authority';

/** What may be said of a new holder of a certificate; everything has a default. */
export interface HolderOptions {
  readonly name?: string;
  readonly key?: ToyKeyKind;
  readonly profile?: CertificateProfile;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly fault?: CertificateFault;
  readonly issuer?: CertificateHolder;
  readonly extensions?: CertificateRequest['extensions'];
  readonly edit?: CertificateRequest['edit'];
}

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

interface Revocation {
  readonly at: Date;
  readonly reason: RevocationReason;
}

/** The policy of the toy authority's time-stamps (an identifier from a random UUID). */
export const toyTimestampPolicy = '2.25.196556539987194312349856245628873852187.1';

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

  async function holder(options: HolderOptions = {}): Promise<CertificateHolder> {
    const { name = 'Potpisnik Пробни', key = 'ecdsa', profile = 'signatures', issuer, fault } = options;
    const years = profile === 'authority' ? 20 : 1;
    serial += 1n;
    const privateKey = toyKey(key, `${world} ${name}`);
    const algorithm = toyAlgorithms[key];
    const request: CertificateRequest = {
      profile: fault === 'wrong-purpose' ? 'signatures' : profile,
      subject: { C: 'RS', O: world, CN: name },
      privateKey,
      serialNumber: serial,
      notBefore: options.notBefore ?? daysFrom(at, -365 * years),
      notAfter: options.notAfter ?? daysFrom(at, 365 * years),
      ...(algorithm ? { algorithm } : {}),
      ...(url && issuer ? { access: accessTo(url, issuer) } : {}),
      ...(options.extensions ? { extensions: options.extensions } : {}),
      edit: (contents) => {
        const faulty = fault ? faultyContents(contents, fault, at) : contents;
        return options.edit?.(faulty) ?? faulty;
      },
    };
    const made = await certify(request, issuer);
    return fault === 'broken-signature' ? withBrokenCertificate(made, privateKey) : made;
  }

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

function statusOf(revoked: ReadonlyMap<bigint, Revocation>, serialNumber: bigint): CertificateStatus {
  const revocation = revoked.get(serialNumber);
  if (!revocation) return { status: 'good' };
  return { status: 'revoked', revocationTime: revocation.at, reason: revocation.reason };
}

const rootName = 'Igračka koren';
const intermediateName = 'Igračka međutelo';

/** Where certificates of an issuer point to: the responder speaks for the intermediate alone (RFC 6960 4.2.2.2). */
function accessTo(url: string, issuer: CertificateHolder): StatusAccess {
  const name = issuer.subject.CN === rootName ? 'root' : `issuer-${issuer.serialNumber}`;
  const lists = { crl: `${url}/${name}.crl`, caIssuers: `${url}/${name}.cer` };
  return issuer.subject.CN === intermediateName ? { ...lists, ocsp: `${url}/ocsp` } : lists;
}

type Contents = Parameters<NonNullable<CertificateRequest['edit']>>[0];

function faultyContents(contents: Contents, fault: CertificateFault, at: Date): Contents {
  const without = (type: string) => contents.extensions.filter((extension) => extension.type !== type);
  switch (fault) {
    case 'expired':
      return { ...contents, notBefore: daysFrom(at, -730), notAfter: daysFrom(at, -1) };
    case 'not-yet-valid':
      return { ...contents, notBefore: daysFrom(at, 1), notAfter: daysFrom(at, 730) };
    case 'wrong-usage': // keyEncipherment alone
      return {
        ...contents,
        extensions: [
          ...without('2.5.29.15'),
          { type: '2.5.29.15', critical: true, value: Uint8Array.of(0x03, 0x02, 0x05, 0x20) },
        ],
      };
    case 'purpose-not-critical':
      return {
        ...contents,
        extensions: contents.extensions.map((each) =>
          each.type === '2.5.29.37' ? { ...each, critical: false } : each,
        ),
      };
    case 'unknown-critical-extension':
      return {
        ...contents,
        extensions: [
          ...contents.extensions,
          { type: '2.25.196556539987194312349856245628873852187.9', critical: true, value: Uint8Array.of(0x05, 0x00) },
        ],
      };
    case 'issuer-not-authority': // an authority that says it is none
      return {
        ...contents,
        extensions: [...without('2.5.29.19'), { type: '2.5.29.19', critical: true, value: Uint8Array.of(0x30, 0x00) }],
      };
    case 'wrong-purpose':
    case 'broken-signature':
      return contents;
  }
}

/** The bytes with their last bit flipped: the end of a signature value. */
export function withLastBitFlipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return copy;
}

function withBrokenCertificate(holder: CertificateHolder, privateKey: ReturnType<typeof toyKey>): CertificateHolder {
  const [own, ...others] = holder.signer.chain;
  const { algorithm } = holder.signer;
  return { ...holder, signer: softwareSigner(privateKey, [withLastBitFlipped(own), ...others], algorithm) };
}

async function toyToken(
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

async function toyCrl(
  issuer: CertificateHolder,
  revoked: ReadonlyMap<bigint, Revocation>,
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
      extensions: [authorityKeyIdentifier(issuer.publicKey), crlNumber(Math.floor(thisUpdate.getTime() / 1000))],
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
