import { folderName } from '../../../base/index.ts';
import { attributeOf, elementsAt } from './element-path.ts';
import { holdsContent, isPlaceholder, type Judgement, type MetsSource } from './mets-source.ts';

/** CSIPSTR2 to CSIPSTR16: the folders of the package. @param folder the name of its root folder, if it has one */
export function checkStructure(mets: MetsSource | undefined, folder: string | undefined, judgement: Judgement): void {
  const { files, report } = judgement;
  const objectId = mets?.root.attributes.get('OBJID') ?? '';
  if (mets && folder !== undefined && ![objectId, folderName(objectId)].includes(folder) && !isMapped(objectId, folder))
    report('CSIPSTR2', '', `The root folder “${folder}” has not the name of the package, “${objectId}”.`);
  for (const [id, name] of [
    ['CSIPSTR5', 'metadata'],
    ['CSIPSTR9', 'representations'],
  ] as const)
    if (!files.folders.has(name)) report(id, '', `There is no folder “${name}”.`);
  for (const [id, name] of [
    ['CSIPSTR15', 'schemas'],
    ['CSIPSTR16', 'documentation'],
  ] as const)
    if (![...files.folders].some((path) => new RegExp(`^(representations/[^/]+/)?${name}$`).test(path)))
      report(id, '', `There is no folder “${name}” in the package or in a representation.`);
  if (mets) checkMetadataFolders(mets, judgement);
  const roots = [...files.sizes.keys()].filter((path) => /^[^/]+\/METS\.xml$/.test(path));
  if (!mets && roots.length > 1) report('CSIPSTR1', '', 'There are several packages, not a single root folder.');
  checkRepresentationFolders(judgement);
}

/** AIP20 to AIP22 and the text of CSIP1: characters that a file system does not take are mapped. */
function isMapped(objectId: string, folder: string): boolean {
  const plain = (text: string) => text.replace(/[^A-Za-z0-9]/g, '');
  return folder !== '' && plain(objectId) === plain(folder) && objectId.length === folder.length;
}

/** CSIPSTR6, CSIPSTR7: metadata that is referred to lies in the folder of its kind. */
function checkMetadataFolders(mets: MetsSource, { files, report }: Judgement): void {
  const isElsewhere = (path: string, folder: string) =>
    elementsAt(mets.root, path).length > 0 &&
    !files.folders.has(`metadata/${folder}`) &&
    elementsAt(mets.root, path).some(({ node }) => !attributeOf(node, 'xlink:href')?.startsWith('representations/'));
  if (isElsewhere('mets/amdSec/digiprovMD/mdRef', 'preservation'))
    report('CSIPSTR6', 'metadata', 'There is no folder “metadata/preservation”.');
  if (isElsewhere('mets/dmdSec/mdRef', 'descriptive'))
    report('CSIPSTR7', 'metadata', 'There is no folder “metadata/descriptive”.');
}

function checkRepresentationFolders({ files, report }: Judgement): void {
  if (!files.folders.has('representations')) return;
  const representations = [...files.folders].filter((path) => /^representations\/[^/]+$/.test(path));
  if (representations.length === 0) report('CSIPSTR10', 'representations', 'There is no folder of a representation.');
  for (const path of representations) {
    if (!files.folders.has(`${path}/data`)) report('CSIPSTR11', path, 'The representation has no folder “data”.');
    if (!files.sizes.has(`${path}/METS.xml`)) report('CSIPSTR12', path, 'The representation has no METS.xml.');
    if (!files.folders.has(`${path}/metadata`))
      report('CSIPSTR13', path, 'The representation has no folder “metadata”.');
  }
}

/**
 * CSIP17, CSIP31, CSIP58, CSIP60, CSIP113: what lies in the package is described in METS.
 * @param named the paths that the METS documents refer to
 */
export function checkDescribed(mets: MetsSource, named: ReadonlySet<string>, judgement: Judgement): void {
  const { files, report } = judgement;
  if (elementsAt(mets.root, 'mets/dmdSec').length === 0 && holdsContent(files, 'metadata/descriptive'))
    report('CSIP17', 'metadata/descriptive', 'There is descriptive metadata, but no dmdSec.');
  const sections = elementsAt(mets.root, 'mets/amdSec');
  if (sections.length === 0) report('CSIP31', `${mets.path}#/mets`, 'There is no amdSec.');
  else if (sections.length > 1) report('CSIP31', `${mets.path}#/mets`, 'There are several amdSec, not one.');
  else if (sections[0]?.node.children.length === 0)
    report('CSIP31', `${mets.path}#${sections[0].place}`, 'The amdSec is empty.');
  for (const [path, size] of files.sizes) {
    if (named.has(path) || isPlaceholder(path, size) || /(^|\/)METS\.xml$/.test(path)) continue;
    if (path.startsWith('schemas/')) report('CSIP113', path, 'No METS document refers to this schema.');
    else if (path.startsWith('documentation/')) report('CSIP60', path, 'No METS document refers to this file.');
    else if (path.startsWith('representations/')) report('CSIP58', path, 'No METS document refers to this file.');
  }
}
