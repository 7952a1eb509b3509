import { attributeOf, elementsAt, type Placed } from './element-path.ts';
import { inVocabulary } from './element-rules.ts';
import { holdsContent, type Judgement, type MetsSource } from './mets-source.ts';

const isUse = (group: Placed, use: string) => useOf(group).toLowerCase() === use.toLowerCase();

/** The `USE` of a file group. */
export function useOf({ node }: Placed): string {
  return node.attributes.get('USE') ?? '';
}

/** Tells whether a file group is about representations (CSIP114). */
export function isOfRepresentations(group: Placed): boolean {
  return /^representations(\/|$)/i.test(useOf(group));
}

/** CSIP60, 62 to 64, 113, 114 and 5: which file groups there are and what they say of their content. */
export function checkFileGroups(mets: MetsSource, judgement: Judgement): void {
  const groups = elementsAt(mets.root, 'mets/fileSec/fileGrp');
  const sections = elementsAt(mets.root, 'mets/fileSec');
  if (mets.isPackage && sections.length > 0) checkNeededGroups(groups, mets, judgement);
  for (const group of groups) {
    if (mets.isPackage) checkUse(group, mets, judgement);
    checkContentType(group, mets, judgement);
  }
  for (const root of elementsAt(mets.root, 'mets')) {
    checkOtherType(root, otherCategory, mets, judgement);
    checkOtherType(root, otherContentType('CSIP5'), mets, judgement);
  }
}

/** “All documentation” and “all XML schemas” are to be in groups of their own: where there are none, none is missing. */
function checkNeededGroups(groups: readonly Placed[], mets: MetsSource, { files, report }: Judgement): void {
  const place = `${mets.path}#/mets/fileSec`;
  if (holdsContent(files, 'documentation') && !groups.some((group) => isUse(group, 'Documentation')))
    report('CSIP60', place, 'There is documentation, and no file group “Documentation”.');
  if (holdsContent(files, 'schemas') && !groups.some((group) => isUse(group, 'Schemas')))
    report('CSIP113', place, 'There are schemas, and no file group “Schemas”.');
  if (!groups.some(isOfRepresentations)) report('CSIP114', place, 'There is no file group “Representations”.');
}

/** CSIP64: the use is the path of the folder that the files lie in, beginning with a word of the vocabulary. */
function checkUse(group: Placed, mets: MetsSource, { rules, files, report }: Judgement): void {
  const use = useOf(group).replace(/\/+$/, '');
  if (use === '') return;
  const place = `${mets.path}#${group.place}`;
  const [first = ''] = use.split('/');
  if (!inVocabulary(first, rules.vocabularies.divisionLabel ?? []))
    report('CSIP64', place, `The use “${use}” does not begin with a word of the vocabulary.`);
  else if (!files.hasFolder(use)) report('CSIP64', place, `The use “${use}” is no folder of the package.`);
}

function checkContentType(group: Placed, mets: MetsSource, judgement: Judgement): void {
  const type = attributeOf(group.node, 'csip:CONTENTINFORMATIONTYPE');
  const place = `${mets.path}#${group.place}`;
  if (type === undefined) {
    if (mets.isPackage && isOfRepresentations(group))
      judgement.report('CSIP62', place, 'The file group of a representation has no csip:CONTENTINFORMATIONTYPE.');
  } else if (!judgement.rules.vocabularies.contentInformationType?.includes(type))
    judgement.report('CSIP62', place, `The content information type “${type}” is not in the vocabulary.`);
  checkOtherType(group, otherContentType('CSIP63'), mets, judgement);
}

/** What a kind of type is called, with its vocabulary and the requirement for types outside it. */
interface OtherType {
  readonly id: string;
  readonly type: string;
  readonly other: string;
  readonly vocabulary: string;
}

const otherCategory: OtherType = { id: 'CSIP3', type: 'TYPE', other: 'csip:OTHERTYPE', vocabulary: 'contentCategory' };
const otherContentType = (id: string): OtherType => ({
  id,
  type: 'csip:CONTENTINFORMATIONTYPE',
  other: 'csip:OTHERCONTENTINFORMATIONTYPE',
  vocabulary: 'contentInformationType',
});

/** CSIP3, CSIP5, CSIP63: a type outside the vocabulary stands in its own attribute, beside OTHER and only beside it. */
function checkOtherType(element: Placed, names: OtherType, mets: MetsSource, { rules, report }: Judgement): void {
  const isOther = attributeOf(element.node, names.type)?.toUpperCase() === 'OTHER';
  const other = attributeOf(element.node, names.other);
  const place = `${mets.path}#${element.place}`;
  const terms = (rules.vocabularies[names.vocabulary] ?? []).filter((term) => term.toUpperCase() !== 'OTHER');
  if (isOther && !other?.trim())
    report(names.id, place, `${names.type} is OTHER, and ${names.other} does not say which.`);
  else if (other !== undefined && !isOther)
    report(names.id, place, `There is ${names.other}, but ${names.type} is not OTHER.`);
  else if (other !== undefined && inVocabulary(other, terms))
    report(names.id, place, `“${other}” is in the vocabulary, so ${names.type} is not OTHER.`);
}
