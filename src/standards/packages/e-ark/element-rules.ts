import { attributeOf, childrenAt, descendantsAt, elementsAt, type Placed } from './element-path.ts';
import type { Judgement, MetsSource } from './mets-source.ts';
import type { ElementRule, PackageKind } from './rule-tables.ts';

/** What forms need to know of the whole document. */
interface DocumentIds {
  readonly count: ReadonlyMap<string, number>;
  readonly administrative: ReadonlySet<string>;
  readonly descriptive: ReadonlySet<string>;
  readonly fileGroups: ReadonlySet<string>;
}

/** Applies the rules of the table to a METS document. What the level makes optional is judged only where it is there. */
export function checkElements(mets: MetsSource, judgement: Judgement): void {
  const ids = documentIds(mets);
  for (const [at, rules] of rulesByPath(mets, judgement))
    for (const element of elementsAt(mets.root, at))
      for (const rule of rules) {
        const fault = faultOf(element, rule, ids, judgement);
        if (fault) judgement.report(rule.id, `${mets.path}#${element.place}`, fault);
      }
}

/** The rules that are asked of this document, by the elements they are about: each path is walked once. */
function rulesByPath({ isPackage }: MetsSource, { rules, specification }: Judgement): Map<string, ElementRule[]> {
  const byPath = new Map<string, ElementRule[]>();
  for (const rule of rules.rules) {
    if (!specification.requirements[rule.id] || (rule.scope === 'package' && !isPackage)) continue;
    const known = byPath.get(rule.at);
    if (known) known.push(rule);
    else byPath.set(rule.at, [rule]);
  }
  return byPath;
}

function faultOf(element: Placed, rule: ElementRule, ids: DocumentIds, judgement: Judgement): string | undefined {
  if (rule.when && !rule.when.values.includes(attributeOf(element.node, rule.when.attribute) ?? '')) return undefined;
  const optional = judgement.specification.requirements[rule.id]?.level === 'MAY';
  return rule.attribute ? attributeFault(element, rule, optional, ids, judgement) : childFault(element, rule, optional);
}

function childFault(element: Placed, rule: ElementRule, optional: boolean): string | undefined {
  const name = rule.child ?? rule.descendant ?? '';
  const all = rule.child ? childrenAt(element, name) : descendantsAt(element, name);
  const { holding } = rule;
  const found = holding ? all.filter((one) => childrenAt(one, holding).length > 0) : all;
  if (found.length === 0) return optional ? undefined : `There is no ${name}${holding ? ` with ${holding}` : ''}.`;
  if (rule.most !== undefined && found.length > rule.most)
    return `There are ${found.length} of ${name}, not ${rule.most}.`;
  if (rule.text && found.some(({ node }) => node.text.trim() === '')) return `${name} is empty.`;
  return undefined;
}

function attributeFault(
  { node }: Placed,
  rule: ElementRule,
  optional: boolean,
  ids: DocumentIds,
  judgement: Judgement,
): string | undefined {
  const name = rule.attribute ?? '';
  const value = attributeOf(node, name);
  if (value === undefined) return optional ? undefined : `The attribute ${name} is missing.`;
  if (rule.form === 'reference') return undefined; // '' is a reference too, to the document itself (RFC 3986 section 4.4)
  if (value.trim() === '') return `The attribute ${name} is empty.`;
  if (rule.values && !rule.values.includes(value))
    return `The attribute ${name} is “${value}”, not “${rule.values.join('” or “')}”.`;
  if (rule.vocabulary && !isTerm(value, rule.vocabulary, judgement))
    return `The value “${value}” of ${name} is not in the vocabulary.`;
  if (rule.form && !hasForm(value, rule.form, ids, judgement)) return `The value “${value}” of ${name} is not right.`;
  return undefined;
}

/** The vocabulary of content categories is for people; what the schemas list counts by the letter. */
function isTerm(value: string, vocabulary: string, { rules }: Judgement): boolean {
  const terms = rules.vocabularies[vocabulary] ?? [];
  return vocabulary === 'contentCategory' ? inVocabulary(value, terms) : terms.includes(value);
}

/** Dashes and case are not what a vocabulary is about: its own files spell them in several ways. */
export function inVocabulary(value: string, terms: readonly string[]): boolean {
  const wanted = folded(value);
  return terms.some((term) => folded(term) === wanted);
}

function folded(text: string): string {
  return text.replaceAll('–', '-').trim().toLowerCase();
}

const dateTime = /^-?\d{4,9}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,20})?(Z|[+-]\d\d:\d\d)?$/;
// XML Schema's NCName, the letters beyond ASCII taken on trust
const identifier = /^[\p{L}_][\p{L}\p{M}\p{N}._-]*$/u;
const mediaType = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/;

type Form = (value: string, ids: DocumentIds, judgement: Judgement) => boolean;

const forms: Readonly<Record<string, Form>> = {
  dateTime: isDateTime,
  pastDateTime: (value, _, { validationTime }) => isDateTime(value) && !isAfter(value, validationTime),
  id: (value, { count }) => identifier.test(value) && count.get(value) === 1,
  size: (value) => /^\d{1,19}$/.test(value.trim()),
  checksum: (value) => /^[0-9A-Fa-f]{1,256}$/.test(value.trim()),
  mediaType: (value, _, judgement) => mediaType.test(value) && isKnownMediaType(value, judgement),
  administrativeReference: (value, { administrative }) => allIn(value, administrative),
  descriptiveReference: (value, { descriptive }) => allIn(value, descriptive),
  fileGroupReference: (value, { fileGroups }) => fileGroups.has(value),
  url: (value) => /^https?:\/\/\S+$/i.test(value.trim()),
  versionThree: (value) => value.startsWith('3'),
};

function hasForm(value: string, form: string, ids: DocumentIds, judgement: Judgement): boolean {
  if (form.startsWith('profile:'))
    return judgement.specification.profiles[form.slice('profile:'.length) as PackageKind].includes(value);
  const test = forms[form];
  if (!test) throw new Error(`the rule tables name a form that is not known, “${form}”`);
  return test(value, ids, judgement);
}

function isDateTime(value: string): boolean {
  return dateTime.test(value.trim()) && !Number.isNaN(Date.parse(value.trim()));
}

function isAfter(value: string, moment: Date): boolean {
  return Date.parse(value.trim()) > moment.getTime() + 86_400_000; // a day: times without a zone are somewhere's local time
}

/** The parameters of a type say nothing here; unregistered trees are for private use (RFC 6838 section 3.4). */
function isKnownMediaType(value: string, { specification, rules }: Judgement): boolean {
  if (specification.mediaTypes === 'form' || /\/(x-|x\.|prs\.)/i.test(value)) return true;
  return (rules.vocabularies.mediaType ?? []).includes(value.toLowerCase());
}

function allIn(value: string, ids: ReadonlySet<string>): boolean {
  return value
    .trim()
    .split(/\s+/)
    .every((id) => ids.has(id));
}

function documentIds({ root }: MetsSource): DocumentIds {
  const count = new Map<string, number>();
  const visit = (node: typeof root): void => {
    const id = node.attributes.get('ID');
    if (id !== undefined) count.set(id, (count.get(id) ?? 0) + 1);
    node.children.forEach(visit);
  };
  visit(root);
  const idsAt = (...paths: string[]) =>
    new Set(paths.flatMap((path) => elementsAt(root, path).map(({ node }) => node.attributes.get('ID') ?? '')));
  const sections = ['digiprovMD', 'rightsMD', 'techMD', 'sourceMD'].map((name) => `mets/amdSec/${name}`);
  return {
    count,
    administrative: idsAt('mets/amdSec', ...sections),
    descriptive: idsAt('mets/dmdSec'),
    fileGroups: idsAt('mets/fileSec//fileGrp'),
  };
}
