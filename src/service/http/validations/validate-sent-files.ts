import type { DocumentValidation } from '../../../archive/access/index.ts';
import { sentFiles, type UploadForm } from '../form.ts';
import type { Service } from '../service.ts';

/**
 * Validates the signatures in the files of a form while nothing of them is kept.
 * @param at the validation time; now when left out
 * @throws ArchiveError what reading the form and taking in the files may throw; VALIDATION_TOO_COSTLY
 */
export async function validateSentFiles(
  { context, validations }: Pick<Service, 'context' | 'validations'>,
  { announcedBytes, files }: UploadForm,
  at?: Date,
): Promise<DocumentValidation[]> {
  await context.storage.checkSpace(announcedBytes);
  return validations.ofSignatures(sentFiles(files), () => at ?? context.clock());
}
