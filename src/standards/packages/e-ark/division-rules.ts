import { attributeOf, childrenAt, descendantsAt, elementsAt, type Placed } from './element-path.ts';
import { isOfRepresentations, useOf } from './group-rules.ts';
import type { Judgement, MetsSource } from './mets-source.ts';
import { pathOf } from './reference-rules.ts';

/** A division of the structural map and the requirements that its file groups and itself have to meet. */
interface Division {
  readonly label: string;
  readonly division: string;
  readonly labelled: string;
  readonly references: string;
  readonly pointer: string;
}

const divisions: readonly Division[] = [
  { label: 'Documentation', division: 'CSIP93', labelled: 'CSIP95', references: 'CSIP96', pointer: 'CSIP116' },
  { label: 'Schemas', division: 'CSIP97', labelled: 'CSIP99', references: 'CSIP100', pointer: 'CSIP118' },
  { label: 'Representations', division: 'CSIP101', labelled: 'CSIP103', references: 'CSIP104', pointer: 'CSIP119' },
];

const labelOf = ({ node }: Placed) => node.attributes.get('LABEL') ?? '';
const isRepresentation = (division: Placed) => /^representations\//i.test(labelOf(division));

/** CSIP86 to CSIP119: the structural map has a division for each kind of content, and they point to its file groups. */
export function checkDivisions(mets: MetsSource, judgement: Judgement): void {
  const [main] = elementsAt(mets.root, 'mets/structMap[LABEL=CSIP]/div');
  const place = `${mets.path}#${main?.place ?? '/mets'}`;
  if (main && labelOf(main) !== mets.root.attributes.get('OBJID'))
    judgement.report('CSIP86', place, 'The label of the main division is not the OBJID.');
  checkMetadataDivision(main, mets, judgement);
  if (!mets.isPackage) return;
  const groups = elementsAt(mets.root, 'mets/fileSec/fileGrp');
  for (const division of divisions) checkDivision(division, main, groups, mets, judgement);
  if (main) checkRepresentations(main, mets, judgement);
}

/** CSIP91, CSIP92: the metadata division names all current sections, and nothing that is not there. */
function checkMetadataDivision(main: Placed | undefined, mets: MetsSource, { report }: Judgement): void {
  const division = main && childrenAt(main, 'div[LABEL=Metadata]')[0];
  if (!division) return;
  const place = `${mets.path}#${division.place}`;
  const sections = ['digiprovMD', 'rightsMD', 'techMD', 'sourceMD'].flatMap((name) =>
    elementsAt(mets.root, `mets/amdSec/${name}`),
  );
  const wholes = elementsAt(mets.root, 'mets/amdSec');
  compareIds('CSIP91', 'ADMID', division, sections, [...sections, ...wholes], place, report);
  const described = elementsAt(mets.root, 'mets/dmdSec');
  compareIds('CSIP92', 'DMDID', division, described, described, place, report);
}

function compareIds(
  id: string,
  attribute: string,
  division: Placed,
  needed: readonly Placed[],
  allowed: readonly Placed[],
  place: string,
  report: Judgement['report'],
): void {
  const ids = new Set((division.node.attributes.get(attribute) ?? '').split(/\s+/).filter((one) => one !== ''));
  const known = new Set(allowed.map(({ node }) => node.attributes.get('ID') ?? ''));
  for (const one of ids)
    if (!known.has(one)) report(id, place, `${attribute} names “${one}”, which is no such section.`);
  const wholes = new Map(allowed.map(({ node, place: at }) => [at, node.attributes.get('ID')]));
  const current = needed.filter(({ node }) => node.attributes.get('STATUS') === 'CURRENT');
  const missing = current.filter(({ node, place: at }) => {
    const whole = wholes.get(at.slice(0, at.lastIndexOf('/')));
    return !ids.has(node.attributes.get('ID') ?? '') && !(whole !== undefined && ids.has(whole));
  });
  if (missing.length > 0) report(id, place, `${attribute} does not name ${missing.length} of the current sections.`);
}

function checkDivision(
  rule: Division,
  main: Placed | undefined,
  groups: readonly Placed[],
  mets: MetsSource,
  { report }: Judgement,
): void {
  const ofRepresentations = rule.label === 'Representations';
  const own = groups.filter((group) =>
    ofRepresentations ? isOfRepresentations(group) : useOf(group).toLowerCase() === rule.label.toLowerCase(),
  );
  const place = `${mets.path}#${main?.place ?? '/mets/structMap'}`;
  const labelled = main ? childrenAt(main, `div[LABEL=${rule.label}]`) : [];
  const found =
    ofRepresentations && main ? [...labelled, ...childrenAt(main, 'div').filter(isRepresentation)] : labelled;
  if (own.length > 0 && found.length === 0) {
    report(rule.division, place, `There is no division “${rule.label}”.`);
    report(rule.labelled, place, `No division has the label “${rule.label}”.`);
  }
  if (labelled.length > 1)
    report(rule.division, place, `There are ${labelled.length} divisions “${rule.label}”, not one.`);
  checkPointers(rule, own, found, main, mets, report);
}

/** Each group is pointed to, and each pointer of the division leads to such a group. */
function checkPointers(
  rule: Division,
  own: readonly Placed[],
  found: readonly Placed[],
  main: Placed | undefined,
  mets: MetsSource,
  report: Judgement['report'],
): void {
  const both = (place: string, message: string) => {
    report(rule.references, place, message);
    report(rule.pointer, place, message);
  };
  const ids = new Set(own.map(({ node }) => node.attributes.get('ID') ?? ''));
  const pointers = main ? descendantsAt(main, 'fptr') : [];
  const titles = main ? descendantsAt(main, 'mptr').map(({ node }) => attributeOf(node, 'xlink:title')) : [];
  const pointed = new Set([...pointers.map(({ node }) => node.attributes.get('FILEID')), ...titles]);
  for (const group of own)
    if (!pointed.has(group.node.attributes.get('ID')))
      both(`${mets.path}#${group.place}`, `No division points to this file group “${rule.label}”.`);
  for (const division of found.filter((one) => labelOf(one) === rule.label))
    for (const pointer of childrenAt(division, 'fptr'))
      if (!ids.has(pointer.node.attributes.get('FILEID') ?? ''))
        both(`${mets.path}#${pointer.place}`, `The pointer leads to no file group “${rule.label}”.`);
}

/** CSIP105, CSIP107, CSIP109: a division for each representation that has a METS document, labelled by its folder. */
function checkRepresentations(main: Placed, mets: MetsSource, { files, report }: Judgement): void {
  const children = childrenAt(main, 'div');
  const pointed = new Map<string, Placed>();
  for (const division of children)
    for (const { node } of childrenAt(division, 'mptr')) {
      const path = pathOf(attributeOf(node, 'xlink:href') ?? '', mets.folder);
      if (path !== undefined) pointed.set(path, division);
      const folder = path?.replace(/\/METS\.xml$/, '') ?? '';
      if (!isRepresentation(division) || labelOf(division).toLowerCase() !== folder.toLowerCase())
        report(
          'CSIP107',
          `${mets.path}#${division.place}`,
          `The label “${labelOf(division)}” is not the path “${folder}”.`,
        );
    }
  const byLabel = new Map(children.map((one) => [labelOf(one).toLowerCase(), one]));
  for (const path of files.sizes.keys()) {
    if (!/^representations\/[^/]+\/METS\.xml$/.test(path) || pointed.has(path)) continue;
    report('CSIP105', path, 'No division of the structural map points to this METS document.');
    const folder = path.replace(/\/METS\.xml$/, '').toLowerCase();
    const division = byLabel.get(folder);
    if (division)
      report('CSIP109', `${mets.path}#${division.place}`, 'The division does not point to the METS document.');
  }
}
