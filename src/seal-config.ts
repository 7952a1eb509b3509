import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SigningKeySettings } from './archive/trust-services/index.ts';
import { askSecret } from './ask-secret.ts';
import { ArchiveError } from './base/index.ts';

/** Settings of the archive's seal. */
export interface SealSettings {
  /**
   * TRAJNO_SEAL: where the key lies: a PKCS#12 file's path, a token by its `pkcs11:` URI (RFC 7512), or the address of a remote
   * signing service by the CSC API v2. Without it seals are made by the built-in test key, and say so.
   * TRAJNO_SEAL_PIN: the file's password, or the PIN of token or credential; asked for at the terminal when it is not set.
   * TRAJNO_SEAL_CERTIFICATES: a PEM file with certificates that are not beside the key.
   * TRAJNO_SEAL_CLIENT_ID, TRAJNO_SEAL_CLIENT_SECRET, TRAJNO_SEAL_CREDENTIAL: by what a signing service knows the archive, and
   * which of its credentials is the seal.
   */
  readonly seal?: SigningKeySettings;
  /** TRAJNO_SEAL_TIMESTAMPS: whether the signing service stamps too, before other authorities. */
  readonly sealServiceStamps: boolean;
}

/**
 * Reads them.
 * @throws ArchiveError USAGE when a setting is not as it must be
 */
export function sealSettings(environment: NodeJS.ProcessEnv, fromFile?: string): SealSettings {
  const { TRAJNO_SEAL: place = fromFile, TRAJNO_SEAL_TIMESTAMPS: stamps = 'no' } = environment;
  if (stamps !== 'yes' && stamps !== 'no')
    throw new ArchiveError('USAGE', 'TRAJNO_SEAL_TIMESTAMPS must be “yes” or “no”.');
  const isService = /^https?:\/\//i.test(place ?? '');
  if (stamps === 'yes' && !isService)
    throw new ArchiveError('USAGE', 'TRAJNO_SEAL_TIMESTAMPS needs a signing service in TRAJNO_SEAL.');
  return {
    sealServiceStamps: stamps === 'yes',
    ...(place ? { seal: keyAt(place, isService, environment) } : {}),
  };
}

function keyAt(place: string, isService: boolean, environment: NodeJS.ProcessEnv): SigningKeySettings {
  const shared = {
    pin: secret(environment.TRAJNO_SEAL_PIN, 'TRAJNO_SEAL_PIN'),
    certificates: certificatesIn(environment.TRAJNO_SEAL_CERTIFICATES),
  };
  if (/^pkcs11:/i.test(place)) return { kind: 'pkcs11', uri: place, ...shared };
  if (!isService) return { kind: 'pkcs12', file: resolve(place), ...shared };
  const { TRAJNO_SEAL_CLIENT_ID: clientId, TRAJNO_SEAL_CREDENTIAL: credentialId } = environment;
  if (!clientId)
    throw new ArchiveError('USAGE', 'A signing service in TRAJNO_SEAL needs TRAJNO_SEAL_CLIENT_ID beside it.');
  return {
    kind: 'cloud',
    url: place,
    clientId,
    clientSecret: secret(environment.TRAJNO_SEAL_CLIENT_SECRET, 'TRAJNO_SEAL_CLIENT_SECRET'),
    ...(credentialId ? { credentialId } : {}),
    ...shared,
  };
}

/** A secret of the environment, else of the terminal, where it is asked for once; closed over, so that no log shows it. */
function secret(value: string | undefined, variable: string): () => Promise<string> {
  let asked: Promise<string | undefined> | undefined;
  return async () => {
    if (value !== undefined) return value;
    asked ??= askSecret(`${variable}: `);
    const answer = await asked;
    if (answer === undefined)
      throw new ArchiveError('USAGE', `${variable} is not set, and there is no terminal to ask for it at.`);
    return answer;
  };
}

/** @throws ArchiveError USAGE */
function certificatesIn(file: string | undefined): Uint8Array[] {
  if (!file) return [];
  try {
    const blocks = readFileSync(file, 'latin1').match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
    if (!blocks) throw new Error('no certificate in PEM');
    return blocks.map((block) => Buffer.from(block.replace(/-----[^-]+-----/g, ''), 'base64'));
  } catch (cause) {
    throw new ArchiveError('USAGE', `TRAJNO_SEAL_CERTIFICATES names ${file}, which holds no certificate in PEM.`, {
      cause,
    });
  }
}
