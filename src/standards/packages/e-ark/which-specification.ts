import type { XmlNode } from '../../formats/xml/index.ts';
import { attributeOf, childrenAt } from './element-path.ts';
import type { EarkRules, PackageKind, SpecificationTable } from './rule-tables.ts';

const kinds: readonly PackageKind[] = ['SIP', 'AIP', 'DIP'];

/** The kinds of package that the METS document says it is, by its profile or by its type: where they differ, both are asked. */
export function declared(root: XmlNode | undefined): PackageKind[] {
  if (!root) return [];
  const profile = root.attributes.get('PROFILE') ?? '';
  const type = headerAttribute(root, 'csip:OAISPACKAGETYPE');
  return kinds.filter((kind) => type === kind || profile.includes(`E-ARK-${kind}`));
}

/**
 * The version to judge by: the one that was asked for, else the one in the address of the profile. An address without a
 * version, as all have up to 2.1, stands for that of the versions with this address that was in force on the day the
 * package was made.
 */
export function specificationOf(
  root: XmlNode | undefined,
  { specifications }: EarkRules,
  wanted: string | undefined,
): SpecificationTable {
  const latest = specifications.at(-1);
  const first = specifications[0];
  if (!latest || !first) throw new Error('the rule tables have no version of the specification');
  if (wanted !== undefined) return findVersion(specifications, wanted) ?? latest;
  const written = /-v(\d+)-(\d+)(?:-(\d+))?\.xml$/.exec(root?.attributes.get('PROFILE') ?? '');
  if (written) return findVersion(specifications, `${written[1]}.${written[2]}.${written[3] ?? 0}`) ?? latest;
  const address = root?.attributes.get('PROFILE') ?? '';
  const naming = specifications.filter(({ profiles }) => Object.values(profiles).some((all) => all.includes(address)));
  const possible = naming.length > 0 ? naming : specifications;
  const created = (root && headerAttribute(root, 'CREATEDATE')) ?? '';
  if (!/^\d{4}-\d\d-\d\d/.test(created)) return possible.at(-1) ?? latest;
  return possible.findLast(({ published }) => published <= created.slice(0, 10)) ?? possible[0] ?? first;
}

/** Finds `2.2.0` by `2.2.0`, `2.2` or `v2.2`. */
export function findVersion(
  specifications: readonly SpecificationTable[],
  wanted: string,
): SpecificationTable | undefined {
  const plain = wanted.replace(/^v/i, '');
  return specifications.find(({ version }) => version === plain || version.startsWith(`${plain}.`));
}

function headerAttribute(root: XmlNode, name: string): string | undefined {
  const [header] = childrenAt({ node: root, place: '' }, 'metsHdr');
  return header && attributeOf(header.node, name);
}
