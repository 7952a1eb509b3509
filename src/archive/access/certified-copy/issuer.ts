import { X509Certificate } from 'node:crypto';
import { sha256Hex } from '../../../base/index.ts';
import type { SigningKey } from '../../trust-services/index.ts';

/** What the issuer is by the law: title and legal effect of a certificate follow from it. */
export type IssuerKind = 'public-body' | 'company' | 'qualified-provider';

/** The person who certifies: name, capacity, act of authorisation, serial number of the certificate (ZED-05). */
export interface AuthorisedPerson {
  readonly name: string;
  readonly capacity: string;
  /** Number and date of the act by which the person is authorised. */
  readonly act: string;
  readonly certificateSerial?: string;
  /** By what the signing service knows the person's key, where they sign in the cloud. */
  readonly credentialId?: string;
}

/** Who issues certified copies, as the operator configures it. */
export interface Issuer {
  readonly kind: IssuerKind;
  readonly name: string;
  /** Number in the register of companies or public bodies. */
  readonly registrationNumber?: string;
  /** Where copies are issued. */
  readonly place?: string;
  /** The entry in the register of qualified trust services; a qualified provider without one is not called so. */
  readonly registerEntry?: string;
  readonly authorisedPerson?: AuthorisedPerson;
  /** To whom fees of copies are paid. */
  readonly payee?: Payee;
}

/** Who is paid, by what an NBS IPS code needs. */
export interface Payee {
  /** `840-955845-10`, or 18 digits. */
  readonly account: string;
  /** Name and place, up to 70 characters. */
  readonly name: string;
  /** The payment code; 253 for a public body and 289 for others when left out. */
  readonly code?: string;
  /** What stands before year and number in references to this account, of letters and digits. */
  readonly referencePrefix?: string;
}

/** What copies are sealed with: one key, and the root by which others may trust it. */
export interface SealingKey {
  readonly signer: SigningKey;
  /** DER of the root certificate that the chain leads to. */
  readonly anchor: Uint8Array;
  /** Key or time-stamps are built in, worthless to outsiders: copies say TEST and are not registered as issued. */
  readonly isTest: boolean;
}

/** What a certificate of authenticity tells of its seal. */
export interface SealFacts {
  readonly name: string;
  readonly certificateSha256: string;
  readonly certificateSerial: string;
  readonly anchorName: string;
  readonly anchorSha256: string;
  readonly isTest: boolean;
}

/** The facts of a sealing key. */
export function sealFacts({ signer, anchor, isTest }: SealingKey): SealFacts {
  const own = new X509Certificate(signer.chain[0]);
  return {
    name: commonName(own),
    certificateSha256: sha256Hex(signer.chain[0]),
    certificateSerial: own.serialNumber,
    anchorName: commonName(new X509Certificate(anchor)),
    anchorSha256: sha256Hex(anchor),
    isTest,
  };
}

function commonName({ subject }: X509Certificate): string {
  const [, name = subject] = /(?:^|\n)CN=(.+)/.exec(subject) ?? [];
  return name;
}
