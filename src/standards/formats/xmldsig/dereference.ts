import { FormatError } from '../../../base/index.ts';
import { canonicalizationNamed, canonicalize, type NodeSelection, standardCanonicalization } from './canonicalize.ts';
import { readTree } from './read-tree.ts';
import { base64Octets, readCanonicalization, type XmlReference } from './signature-element.ts';
import { attributeOf, isWithin, type TreeDocument, type TreeElement, type TreeNode } from './xml-tree.ts';
import { selectByFilters, selectByXPath } from './xpath-transforms.ts';

/** Something outside the document; undefined octets: only digests of it are known, or it is too large. */
export interface OutsideContent {
  octets(): Promise<Uint8Array | undefined>;
}

/** What a reference leads to after its transforms, before it is hashed. */
export type Dereferenced<Outside> =
  | { readonly kind: 'nodes'; readonly selection: NodeSelection; readonly from?: TreeElement }
  /** `from`: the element of the document that these are the canonical octets of, whole. */
  | { readonly kind: 'octets'; readonly octets: Uint8Array; readonly from?: TreeElement }
  /** Outside, and taken as it is. */
  | { readonly kind: 'outside'; readonly content: Outside }
  | { readonly kind: 'missing' }
  /** The Id that it names stands on several elements. */
  | { readonly kind: 'ambiguous'; readonly id: string }
  /** A transform that is not done, or cannot be. */
  | { readonly kind: 'refused'; readonly detail: string };

/** Where references lead. */
export interface ReferenceContext<Outside extends OutsideContent> {
  readonly document: TreeDocument;
  /** The Signature that holds the references. */
  readonly signature: TreeElement;
  readonly outside: (uri: string | undefined) => Promise<Outside | undefined>;
  /** Octets that may still be walked or written for this document, however many references lead to the same. */
  readonly budget: { left: number };
}

const mostTransforms = 16;

/**
 * The reference processing model (XMLDSig 1.1 4.4.3.2): what the URI names, through the transforms. Nothing is fetched and
 * nothing is run: XSLT, and transforms that are not known, are refused.
 */
export async function dereference<Outside extends OutsideContent>(
  reference: XmlReference,
  context: ReferenceContext<Outside>,
): Promise<Dereferenced<Outside>> {
  if (reference.transforms.length > mostTransforms) return { kind: 'refused', detail: 'too many transforms' };
  let output = await startOf(reference.uri, context);
  try {
    if (output.kind === 'nodes') spend(context.budget, output.selection, 1 + reference.transforms.length);
    for (const transform of reference.transforms) output = await transformed(output, transform, context);
    return output;
  } catch (error) {
    if (error instanceof FormatError) return { kind: 'refused', detail: error.message };
    throw error;
  }
}

/**
 * Takes the cost of going through a selection from a budget.
 * @throws FormatError when it is used up
 */
export function spend(budget: { left: number }, { apex }: Pick<NodeSelection, 'apex'>, times = 1): void {
  budget.left -= times * (apex.kind === 'document' ? apex.root : apex).size;
  if (budget.left < 0) throw new FormatError('XML signature', 'too much to canonicalise');
}

/** The octets to be hashed: nodes in canonical form, without comments where no transform says otherwise. */
export function octetsOfNodes(selection: NodeSelection): Uint8Array {
  return canonicalize(selection, standardCanonicalization);
}

const idPointer = /^#xpointer\(id\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\)$/;

/** Bare names and the empty URI leave comments out; the two XPointers keep them (XMLDSig 1.1 4.4.3.3; trap 14). */
async function startOf<Outside extends OutsideContent>(
  uri: string | undefined,
  { document, outside }: ReferenceContext<Outside>,
): Promise<Dereferenced<Outside>> {
  if (uri === '') return { kind: 'nodes', selection: { document, apex: document, comments: false } };
  if (uri === '#xpointer(/)') return { kind: 'nodes', selection: { document, apex: document, comments: true } };
  if (!uri?.startsWith('#')) {
    const content = await outside(uri);
    return content ? { kind: 'outside', content } : { kind: 'missing' };
  }
  const pointer = idPointer.exec(uri);
  const id = pointer ? (pointer[1] ?? pointer[2] ?? '') : uri.slice(1);
  const [apex, another] = elementsNamed(document, id);
  if (!apex) return { kind: 'missing' };
  if (another) return { kind: 'ambiguous', id };
  return { kind: 'nodes', selection: { document, apex, comments: pointer !== null }, from: apex };
}

function elementsNamed({ byId }: TreeDocument, id: string): readonly TreeElement[] {
  return byId.get(id) ?? byId.get(decoded(id)) ?? [];
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const base64 = 'http://www.w3.org/2000/09/xmldsig#base64';
const xpath = 'http://www.w3.org/TR/1999/REC-xpath-19991116';
const xpathFilter = 'http://www.w3.org/2002/06/xmldsig-filter2';

async function transformed<Outside extends OutsideContent>(
  input: Dereferenced<Outside>,
  transform: TreeElement,
  context: ReferenceContext<Outside>,
): Promise<Dereferenced<Outside>> {
  if (input.kind === 'missing' || input.kind === 'ambiguous' || input.kind === 'refused') return input;
  const algorithm = attributeOf(transform, 'Algorithm') ?? '';
  if (canonicalizationNamed(algorithm)) return canonicalized(await nodesOf(input), transform);
  switch (algorithm) {
    case envelopedSignature:
      return withNodes(await nodesOf(input), (selection) => withoutSignature(selection, context.signature));
    case base64:
      return decodedBase64(input);
    case xpath:
      return withNodes(await nodesOf(input), (selection) => selectByXPath(selection, transform, context.budget));
    case xpathFilter:
      return withNodes(await nodesOf(input), (selection) => selectByFilters(selection, transform, context.budget));
    default:
      return { kind: 'refused', detail: `the transform ${algorithm.slice(0, 100)}` };
  }
}

type Nodes = Dereferenced<never> & { readonly kind: 'nodes' | 'refused' | 'missing' };

/** Octets become nodes by being parsed (XMLDSig 1.1 4.4.3.2), under the same limits as any document. */
async function nodesOf<Outside extends OutsideContent>(input: Dereferenced<Outside>): Promise<Nodes> {
  if (input.kind === 'nodes') return input;
  if (input.kind === 'refused' || input.kind === 'missing') return input;
  const octets = input.kind === 'octets' ? input.octets : await outsideOctets(input);
  if (!octets) return { kind: 'missing' };
  const document = readTree(octets);
  return { kind: 'nodes', selection: { document, apex: document, comments: true } };
}

async function outsideOctets<Outside extends OutsideContent>(
  input: Dereferenced<Outside>,
): Promise<Uint8Array | undefined> {
  return input.kind === 'outside' ? input.content.octets() : undefined;
}

function withNodes(input: Nodes, change: (selection: NodeSelection) => NodeSelection): Nodes {
  return input.kind === 'nodes' ? { kind: 'nodes', selection: change(input.selection) } : input;
}

function canonicalized(input: Nodes, transform: TreeElement): Dereferenced<never> {
  if (input.kind !== 'nodes') return input;
  const method = readCanonicalization(transform);
  if (!method) return { kind: 'refused', detail: 'an unknown canonicalisation' };
  return { kind: 'octets', octets: canonicalize(input.selection, method), ...originOf(input.selection) };
}

function originOf({ apex, includes }: NodeSelection): { from?: TreeElement } {
  return apex.kind === 'element' && !includes ? { from: apex } : {};
}

/** The enveloped-signature transform takes out the very Signature that holds the reference (trap 15). */
function withoutSignature(selection: NodeSelection, signature: TreeElement): NodeSelection {
  const { includes, apex } = selection;
  if (apex.kind === 'element' && !isWithin(signature, apex)) return selection;
  return {
    ...selection,
    includes: (node, parent) =>
      !(node === signature || (parent !== undefined && isWithin(parent, signature))) &&
      (includes ? includes(node, parent) : true),
  };
}

async function decodedBase64<Outside extends OutsideContent>(
  input: Dereferenced<Outside>,
): Promise<Dereferenced<Outside>> {
  if (input.kind === 'nodes') return { kind: 'octets', octets: base64Octets(selectedText(input.selection)) };
  const octets = input.kind === 'octets' ? input.octets : await outsideOctets(input);
  if (!octets) return { kind: 'missing' };
  return { kind: 'octets', octets: base64Octets(Buffer.from(octets).toString('latin1')) };
}

/** The text nodes of a set, one after the other (XMLDSig 1.1 6.6.2). */
function selectedText({ apex, includes }: NodeSelection): string {
  const found: string[] = [];
  const walk = (node: TreeNode, parent: TreeElement | undefined): void => {
    if (node.kind === 'text' && (!includes || includes(node, parent))) found.push(node.text);
    if (node.kind === 'element') for (const child of node.children) walk(child, node);
  };
  for (const child of apex.children) walk(child, apex.kind === 'element' ? apex : undefined);
  return found.join('');
}
