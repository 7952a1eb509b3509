import {
  type CertificateHolder,
  type CertificateProfile,
  type CertificateRequest,
  certify,
  type StatusAccess,
} from '../../src/standards/seals/index.ts';
import { withLastBitFlipped } from './flipped-bit.ts';
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

/** What all certificates of a toy PKI have in common. */
export interface ToyWorld {
  readonly at: Date;
  readonly world: string;
  /** Where the PKI is served; without it certificates name no addresses. */
  readonly url: string | undefined;
}

export const rootName = 'Igračka koren';
export const intermediateName = 'Igračka međutelo';

/** A holder with a certificate as `options` say: ±20 years for authorities, ±1 year for others. */
export async function toyHolder(
  { at, world, url }: ToyWorld,
  serialNumber: bigint,
  options: HolderOptions,
): Promise<CertificateHolder> {
  const { name = 'Potpisnik Пробни', key = 'ecdsa', profile = 'signatures', issuer, fault } = options;
  const years = profile === 'authority' ? 20 : 1;
  const privateKey = toyKey(key, `${world} ${name}`);
  const algorithm = toyAlgorithms[key];
  const request: CertificateRequest = {
    profile: fault === 'wrong-purpose' ? 'signatures' : profile,
    subject: { C: 'RS', O: world, CN: name },
    privateKey,
    serialNumber,
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
  return fault === 'broken-signature' ? withBrokenCertificate(made) : made;
}

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

function withBrokenCertificate(holder: CertificateHolder): CertificateHolder {
  const [own, ...others] = holder.signer.chain;
  return { ...holder, signer: { ...holder.signer, chain: [withLastBitFlipped(own), ...others] } };
}
