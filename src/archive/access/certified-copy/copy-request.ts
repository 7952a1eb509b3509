import type { CopyScript } from './copy-statement.ts';
import type { AuthorisedPerson } from './issuer.ts';

/** Ways in which a copy is asked for or handed out (DOS-01). */
export const copyChannels = [
  'counter',
  'post',
  'e-mail',
  'e-delivery',
  'eSanduce',
  'qualified-e-delivery',
  'download',
] as const;

export type CopyChannel = (typeof copyChannels)[number];

/** A wish for a certified copy. */
export interface CopyRequest {
  /** The record's id or number. */
  readonly record: string;
  /** Who makes it, as the journal names them. */
  readonly actor: string;
  readonly script?: CopyScript;
  /** What for, as it is to stand on the certificate. */
  readonly purpose?: string;
  readonly place?: string;
  readonly recipient?: string;
  /** The legal interest of whoever asks (CC-03). */
  readonly legalInterest?: string;
  /** An amount of dinars: `310`, `1.025,12`. */
  readonly fee?: string;
  readonly channel?: CopyChannel;
  readonly person?: AuthorisedPerson;
  /** Why a copy is issued although a verdict is INDETERMINATE; the decision is the actor's. */
  readonly decision?: string;
}
