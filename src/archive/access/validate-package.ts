import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ArchiveError, FormatError } from '../../base/index.ts';
import {
  type EarkValidation,
  findVersion,
  onlyFolderOf,
  type PackageReader,
  recognizePackage,
  unreadablePackage,
  validateBag,
  validateEarkPackage,
} from '../../standards/packages/index.ts';
import { earkRules, earkVersions, folderPackage } from '../packaging/index.ts';
import { archiveTree, earkFolder } from './open-package.ts';

/**
 * Validates the package at `path`, anyone's: a folder, a ZIP or a TAR. What has a `bagit.txt` is judged as a BagIt bag,
 * everything else as an E-ARK package.
 * @param specification `2.0.4`, `2.1` or `2.2`: judged as an E-ARK package of this version; what it declares when left out
 * @throws ArchiveError USAGE when there is nothing at `path`, or the version is not known
 */
export async function validatePackage(
  path: string,
  validationTime: Date,
  specification?: string,
): Promise<EarkValidation> {
  const rules = await earkRules();
  if (specification !== undefined && !findVersion(rules.specifications, specification))
    throw new ArchiveError('USAGE', `There are no rules for “${specification}”, only for ${earkVersions.join(', ')}.`);
  const facts = await stat(path).catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
  const request = { rules, validationTime, ...(specification === undefined ? {} : { specification }) };
  try {
    const tree = facts.isDirectory() ? folderPackage(resolve(path)) : await archiveTree(path);
    const bag = specification === undefined ? await bagIn(tree) : undefined;
    if (bag) return (await validateBag(bag)).validation;
    if (!facts.isDirectory()) return await validateEarkPackage(await onlyFolderOf(tree), request);
    const { folder, foundBelow } = await earkFolder(resolve(path));
    return await validateEarkPackage(folderPackage(folder), { ...request, foundBelow });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return unreadablePackage(error, request);
  }
}

async function bagIn(tree: PackageReader): Promise<PackageReader | undefined> {
  const recognized = await recognizePackage(tree);
  return recognized?.kind === 'bag' ? recognized.reader : undefined;
}
