import { type ObjectValidation, validateObject } from '../../../standards/ocfl/index.ts';
import { ocflFolder } from './ocfl-folder.ts';

/** Validates OCFL objects, anyone's, to their last byte. Runs in a worker. */
export async function validateObjects(folders: readonly string[]): Promise<ObjectValidation[]> {
  const validations: ObjectValidation[] = [];
  for (const folder of folders) validations.push(await validateObject(ocflFolder(folder)));
  return validations;
}
