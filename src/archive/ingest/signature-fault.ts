import { ArchiveError } from '../../base/index.ts';
import type { Profile } from './profiles.ts';
import { hasFailedSignature, hasSignature, type ValidationReports } from './validate-signatures.ts';

/** What the profile holds against the signatures that were found; what follows is in its `onFailedSignature`. */
export function signatureFault(
  profile: Pick<Profile, 'id' | 'signature'>,
  reports: ValidationReports,
): ArchiveError | undefined {
  if (hasFailedSignature(reports))
    return new ArchiveError(
      'SIGNATURE_FAILED',
      'A signature does not fit its document. Ask the sender for an unaltered copy, or let a person decide.',
    );
  if (profile.signature === 'required' && !hasSignature(reports))
    return new ArchiveError(
      'SIGNATURE_MISSING',
      `No signature was found, and profile “${profile.id}” asks for one. Send the signed document, or choose another profile.`,
    );
  return undefined;
}
