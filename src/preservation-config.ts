import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  defaultEvidencePolicy,
  defaultFixityPolicy,
  type EvidencePolicy,
  type FixityPolicy,
  pauseWindows,
} from './archive/preservation/index.ts';
import type { AuthoritySettings } from './archive/trust-services/index.ts';
import { ArchiveError } from './base/index.ts';
import type { AlertSettings } from './service/worker/index.ts';

/** Settings of what the archive does by itself. */
export interface PreservationSettings {
  /**
   * TRAJNO_TIMESTAMPS: addresses of time-stamping authorities in order of preference, parted by commas; `config.json` can say
   * more of each. The built-in test authority where none is named.
   */
  readonly timestampAuthorities: readonly AuthoritySettings[];
  /** TRAJNO_WITNESSES: folders and addresses, parted by commas, that are told of the journal's head and nothing else. */
  readonly witnesses: readonly string[];
  /** TRAJNO_WITNESS_AUTHORIZATION: the Authorization header for addresses of witnesses. */
  readonly witnessAuthorization?: string;
  /**
   * TRAJNO_ALERT_WEBHOOK and TRAJNO_ALERT_AUTHORIZATION; TRAJNO_SMTP, TRAJNO_ALERT_FROM and TRAJNO_ALERT_TO: who is told of
   * what should be heard of, and by mail every day of the journal's head.
   */
  readonly alerts: AlertSettings;
  /** How often every copy is read, and how fast. */
  readonly fixity: FixityPolicy;
  /** When batches of evidence close and are renewed, and from when on digest algorithms are not relied on. */
  readonly evidence: EvidencePolicy;
}

/** The same as `config.json` has it. */
export interface PreservationInFile {
  timestampAuthorities?: AuthorityInFile[];
  evidence?: Partial<EvidencePolicy>;
  witnesses?: string[];
  fixity?: Partial<FixityPolicy>;
}

/**
 * Reads them.
 * @throws ArchiveError USAGE when a setting is not as it must be
 */
export function preservationSettings(
  environment: NodeJS.ProcessEnv,
  file: PreservationInFile,
  dataFolder: string,
): PreservationSettings {
  const fixity = { ...defaultFixityPolicy, ...file.fixity };
  pauseWindows(fixity.pauses);
  return {
    fixity,
    alerts: alertsOf(environment),
    ...witnessesOf(environment, file),
    ...evidenceOf(environment, file, dataFolder),
  };
}

/** A setting of several values, parted by commas; those of `config.json` where it is not set. */
export function listed(text: string | undefined, inFile: readonly string[] = []): string[] {
  return (text?.split(',') ?? inFile).map((value) => value.trim()).filter((value) => value !== '');
}

/** @throws ArchiveError USAGE when mail is configured by halves */
function alertsOf(environment: NodeJS.ProcessEnv): AlertSettings {
  const { TRAJNO_ALERT_WEBHOOK: webhook, TRAJNO_ALERT_AUTHORIZATION: webhookAuthorization } = environment;
  const { TRAJNO_SMTP: smtp, TRAJNO_ALERT_FROM: from, TRAJNO_ALERT_TO: to } = environment;
  if (smtp && !(from && to))
    throw new ArchiveError('USAGE', 'TRAJNO_SMTP needs TRAJNO_ALERT_FROM and TRAJNO_ALERT_TO beside it.');
  return {
    ...(webhook ? { webhook } : {}),
    ...(webhookAuthorization ? { webhookAuthorization } : {}),
    ...(smtp && from && to ? { mail: { smtp, from, to: listed(to) } } : {}),
  };
}

function witnessesOf(
  environment: NodeJS.ProcessEnv,
  file: PreservationInFile,
): Pick<PreservationSettings, 'witnesses' | 'witnessAuthorization'> {
  const authorization = environment.TRAJNO_WITNESS_AUTHORIZATION;
  return {
    witnesses: listed(environment.TRAJNO_WITNESSES, file.witnesses),
    ...(authorization ? { witnessAuthorization: authorization } : {}),
  };
}

/** An authority as `config.json` has it: secrets are named, never written there. */
interface AuthorityInFile {
  readonly name: string;
  readonly url: string;
  readonly policy?: string;
  readonly username?: string;
  /** The environment variable that holds the password, and that of the key's passphrase. */
  readonly passwordVariable?: string;
  readonly passphraseVariable?: string;
  /** Files with the client certificate and its key, PEM. */
  readonly certificateFile?: string;
  readonly keyFile?: string;
  /** Of one time-stamp: `0.35 EUR`. */
  readonly price?: string;
  readonly monthlyQuota?: number;
}

/** A paid authority is asked once an hour at most; the built-in one costs nothing. */
const paidCloseAfterSeconds = 3600;

/** @throws ArchiveError USAGE */
function evidenceOf(
  environment: NodeJS.ProcessEnv,
  file: PreservationInFile,
  dataFolder: string,
): Pick<PreservationSettings, 'timestampAuthorities' | 'evidence'> {
  const { TRAJNO_TIMESTAMPS: urls } = environment;
  const authorities: readonly AuthorityInFile[] =
    urls === undefined ? (file.timestampAuthorities ?? []) : listed(urls).map((url) => ({ name: url, url }));
  for (const { url } of authorities)
    if (!/^https?:\/\//i.test(url))
      throw new ArchiveError(
        'USAGE',
        `“${url}” is no address of a time-stamping authority: it begins with http(s)://.`,
      );
  const closeAfterSeconds = authorities.length > 0 ? paidCloseAfterSeconds : defaultEvidencePolicy.closeAfterSeconds;
  return {
    timestampAuthorities: authorities.map((authority) => authorityOf(authority, environment, dataFolder)),
    evidence: { ...defaultEvidencePolicy, closeAfterSeconds, ...file.evidence },
  };
}

/** @throws ArchiveError USAGE when a file cannot be read, a variable is not set, or the contract's terms are none */
function authorityOf(
  { passwordVariable, passphraseVariable, certificateFile, keyFile, price, ...plain }: AuthorityInFile,
  environment: NodeJS.ProcessEnv,
  dataFolder: string,
): AuthoritySettings {
  const secret = (variable: string) => {
    const value = environment[variable];
    if (value === undefined) throw new ArchiveError('USAGE', `${variable} is not set; “${plain.name}” needs it.`);
    return value;
  };
  const text = (path: string) => {
    try {
      return readFileSync(resolve(dataFolder, path), 'utf8');
    } catch (cause) {
      throw new ArchiveError('USAGE', `${path} cannot be read; “${plain.name}” needs it.`, { cause });
    }
  };
  if (plain.monthlyQuota !== undefined && !(Number.isInteger(plain.monthlyQuota) && plain.monthlyQuota > 0))
    throw new ArchiveError('USAGE', `The monthlyQuota of “${plain.name}” is no number of time-stamps.`);
  return {
    ...plain,
    ...(price === undefined ? {} : { price: priceOf(price, plain.name) }),
    ...(passwordVariable ? { password: secret(passwordVariable) } : {}),
    ...(passphraseVariable ? { passphrase: secret(passphraseVariable) } : {}),
    ...(certificateFile ? { certificate: text(certificateFile) } : {}),
    ...(keyFile ? { key: text(keyFile) } : {}),
  };
}

/** @throws ArchiveError USAGE */
function priceOf(text: string, authority: string): { amount: number; currency: string } {
  const [, amount, currency] = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(text) ?? [];
  if (!amount || !currency)
    throw new ArchiveError('USAGE', `The price of “${authority}” is written like this: 0.35 EUR.`);
  return { amount: Number(amount), currency };
}
