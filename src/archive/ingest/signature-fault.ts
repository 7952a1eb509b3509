import { ArchiveError } from '../../base/index.ts';
import type { Consequence, Profile } from '../profiles/index.ts';
import { hasFailedSignature, hasSignature, type ValidationReports } from './validate-signatures.ts';

/** What a profile holds against the signatures that were found, and what follows. */
export interface SignatureFault {
  readonly error: ArchiveError;
  readonly consequence: Consequence;
}

/**
 * Compares what was found of signatures with what the profile asks for: failed, missing, too weak, undecided; in this order.
 * How strong a signature is, the trusted lists say (TS 119 615).
 */
export function signatureFault(
  profile: Pick<Profile, 'id' | 'signature' | 'onFailedSignature' | 'onIndeterminateSignature'>,
  reports: ValidationReports,
): SignatureFault | undefined {
  const { id, signature = 'optional', onFailedSignature, onIndeterminateSignature = 'archive' } = profile;
  const failed = (error: ArchiveError) => ({ error, consequence: onFailedSignature });
  if (hasFailedSignature(reports))
    return failed(
      new ArchiveError(
        'SIGNATURE_FAILED',
        'A signature does not fit its document. Ask the sender for an unaltered copy, or let a person decide.',
      ),
    );
  if (signature !== 'optional' && !hasSignature(reports))
    return failed(
      new ArchiveError(
        'SIGNATURE_MISSING',
        `No signature was found, and profile “${id}” asks for one. Send the signed document, or choose another profile.`,
      ),
    );
  if ((signature === 'advanced' || signature === 'qualified') && !hasLevel(reports, signature))
    return failed(
      new ArchiveError(
        'SIGNATURE_LEVEL',
        `Profile “${id}” asks for ${signature === 'qualified' ? 'a qualified' : 'an advanced'} signature or seal, and by the trusted lists none that was found is one. Ask for the document so signed, or choose another profile.`,
      ),
    );
  if (onIndeterminateSignature !== 'archive' && isUndecided(reports))
    return {
      error: new ArchiveError(
        'SIGNATURE_INDETERMINATE',
        'A signature could not be decided, and the profile asks for certainty. Try again later, or let a person decide by the verdict.',
      ),
      consequence: onIndeterminateSignature,
    };
  return undefined;
}

/** A level that holds only if what is undecided were decided well counts: the indication is judged for itself. */
function hasLevel(reports: ValidationReports, level: 'advanced' | 'qualified'): boolean {
  return qualificationsIn(reports).some((qualification) => {
    const name = qualification.replace(/^Indeterminate /, '');
    return level === 'qualified' ? /^QES(ig|eal)$/.test(name) : /^(QES|AdES)/.test(name);
  });
}

function qualificationsIn(reports: ValidationReports): string[] {
  return [...reports.values()].flatMap(({ signatures }) =>
    signatures.flatMap(({ qualification }) => (qualification === undefined ? [] : [qualification])),
  );
}

function isUndecided(reports: ValidationReports): boolean {
  return [...reports.values()].some(
    ({ container, signatures, evidenceRecords }) =>
      signatures.some(({ indication }) => indication === 'INDETERMINATE') ||
      (container === 'ER' && evidenceRecords.some(({ indication }) => indication === 'INDETERMINATE')),
  );
}
