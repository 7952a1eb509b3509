import { ArchiveError } from '../../../base/index.ts';
import type { EarkValidation } from '../../../standards/packages/index.ts';
import { sentFiles, type UploadForm } from '../form.ts';
import type { Service } from '../service.ts';
import { specifications } from './schema.ts';

/**
 * Judges the package in a form while nothing of it is kept.
 * @param specification a version of E-ARK; else the form's field `spec`, else what the package declares
 * @throws ArchiveError what reading the form and taking in the files may throw; REQUEST_MALFORMED | VALIDATION_TOO_COSTLY
 */
export async function validateSentPackage(
  { context, validations }: Pick<Service, 'context' | 'validations'>,
  { announcedBytes, files, fields }: UploadForm,
  specification?: string,
): Promise<EarkValidation> {
  await context.storage.checkSpace(announcedBytes);
  const asked = () => knownSpecification(specification ?? fields.get('spec'));
  return validations.ofPackage(sentFiles(files), context.clock(), asked);
}

/** @throws ArchiveError REQUEST_MALFORMED */
function knownSpecification(asked: string | undefined): string | undefined {
  if (!asked) return undefined;
  if (specifications.some((known) => known === asked)) return asked;
  throw new ArchiveError(
    'REQUEST_MALFORMED',
    `There are no rules for “${asked}”, only for ${specifications.join(', ')}.`,
  );
}
