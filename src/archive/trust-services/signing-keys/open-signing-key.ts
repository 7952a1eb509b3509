import type { Clock } from '../../../base/index.ts';
import { type CloudSettings, openCloudKey } from './cloud/cloud-key.ts';
import { openPkcs11Key, type Pkcs11Settings } from './pkcs11/pkcs11-key.ts';
import type { Pkcs12Settings } from './pkcs12-key.ts';
import type { SigningKey } from './signing-key.ts';

/** Where the seal's key lies, as the operator configures it. */
export type SigningKeySettings = Pkcs12Settings | Pkcs11Settings | CloudSettings;

/**
 * Opens the configured key, whatever its kind.
 * @throws ArchiveError USAGE for settings that cannot be used, SEAL_UNAVAILABLE when the key cannot be reached
 */
export async function openSigningKey(settings: SigningKeySettings, clock: Clock): Promise<SigningKey> {
  switch (settings.kind) {
    case 'pkcs12':
      return (await import('./pkcs12-key.ts')).openPkcs12Key(settings);
    case 'pkcs11':
      return openPkcs11Key(settings);
    case 'cloud':
      return openCloudKey(settings, clock);
  }
}
