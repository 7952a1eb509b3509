import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import { type DigestName, nodeDigest } from '../../formats/x509/index.ts';
import {
  attributeOf,
  type Canonicalization,
  canonicalize,
  type Dereferenced,
  dereference,
  octetsOfNodes,
  type ReferenceContext,
  readReferences,
  signatureNamespace,
  spend,
  type TreeElement,
  type XmlReference,
} from '../../formats/xmldsig/index.ts';
import { digestBytes, type SignedContent } from '../signed-content.ts';
import type { ReferenceFact, Scope } from '../signed-document.ts';

/** Content outside the document, as references reach it. */
export interface OutsideFile {
  readonly content: SignedContent;
  octets(): Promise<Uint8Array | undefined>;
}

/** A reference with what it led to. */
export interface CheckedReference {
  readonly reference: XmlReference;
  readonly output: Dereferenced<OutsideFile>;
  readonly fact: ReferenceFact;
}

const largestTransformed = 32 << 20;
const mostManifestEntries = 2000;

/** The element that a reference names, and the one whose whole it hashes: none where a part is taken out. */
export interface ReferenceTarget {
  readonly apex: TreeElement | undefined;
  readonly from: TreeElement | undefined;
}

type KindOf = (reference: XmlReference, target: ReferenceTarget) => ReferenceFact['kind'] | 'misplaced';

/** A file outside for references: read into memory only where a transform needs it. */
export function outsideFile(content: SignedContent): OutsideFile {
  return {
    content,
    octets: async () => {
      const chunks = content.chunks();
      if (!chunks || (content.size ?? 0) > largestTransformed) return undefined;
      const parts: Uint8Array[] = [];
      for await (const chunk of chunks) parts.push(chunk);
      return Buffer.concat(parts);
    },
  };
}

/** Follows each reference and compares its digest (EN 319 102-1 5.2.7.4). */
export async function checkReferences(
  references: readonly XmlReference[],
  context: ReferenceContext<OutsideFile>,
  kindOf: KindOf,
): Promise<CheckedReference[]> {
  const checked: CheckedReference[] = [];
  for (const reference of references) {
    const output = await dereference(reference, context);
    const kind = kindOf(reference, targetOf(reference, output, context));
    const fact = await factOf(reference, output, kind === 'misplaced' ? 'REFERENCE' : kind);
    checked.push({ reference, output, fact: kind === 'misplaced' ? { ...fact, found: false, intact: false } : fact });
  }
  return checked;
}

function targetOf(
  { uri = '' }: XmlReference,
  output: Dereferenced<OutsideFile>,
  { document }: ReferenceContext<OutsideFile>,
): ReferenceTarget {
  const from = output.kind === 'nodes' || output.kind === 'octets' ? output.from : undefined;
  const [named] = uri.startsWith('#') ? (document.byId.get(uri.slice(1)) ?? []) : [];
  return { from, apex: from ?? named };
}

async function factOf(
  { digestAlgorithm, digest }: XmlReference,
  output: Dereferenced<OutsideFile>,
  kind: ReferenceFact['kind'],
): Promise<ReferenceFact> {
  const computed = digestAlgorithm && (await digestOf(output, digestAlgorithm));
  return {
    kind,
    ...(digestAlgorithm ? { digestAlgorithm } : {}),
    found: computed !== undefined,
    intact: computed !== undefined && Buffer.compare(computed, digest) === 0,
    ...(isAtHand(output) && !digestAlgorithm ? { hasUnknownDigest: true } : {}),
    ...(output.kind === 'refused' ? { refused: output.detail } : {}),
  };
}

function isAtHand({ kind }: Dereferenced<OutsideFile>): boolean {
  return kind === 'octets' || kind === 'nodes' || kind === 'outside';
}

async function digestOf(output: Dereferenced<OutsideFile>, algorithm: DigestName): Promise<Uint8Array | undefined> {
  if (output.kind === 'outside') return output.content.content.digest(algorithm);
  const octets = octetsOfOutput(output);
  return octets && digestBytes(octets, algorithm);
}

function octetsOfOutput(output: Dereferenced<OutsideFile>, method?: Canonicalization): Uint8Array | undefined {
  if (output.kind === 'octets') return output.octets;
  if (output.kind !== 'nodes') return undefined;
  return method ? canonicalize(output.selection, method) : octetsOfNodes(output.selection);
}

/** Something that a time-stamp is over: octets, or what a reference led to. */
export type ImprintPart = Uint8Array | CheckedReference;

/** The digest of parts, one after the other; nodes in the canonical form that the time-stamp names. */
export async function digestOfParts(
  parts: readonly ImprintPart[],
  method: Canonicalization,
  algorithm: DigestName,
  { budget }: Pick<ReferenceContext<OutsideFile>, 'budget'>,
): Promise<Uint8Array | undefined> {
  const named = nodeDigest(algorithm);
  if (!named) return undefined;
  const hash = createHash(named);
  for (const part of parts) {
    const output = part instanceof Uint8Array ? ({ kind: 'octets', octets: part } as const) : part.output;
    if (output.kind === 'outside') {
      const chunks = output.content.content.chunks();
      if (!chunks) return undefined;
      for await (const chunk of chunks) hash.update(chunk);
      continue;
    }
    if (output.kind === 'nodes') spend(budget, output.selection);
    const octets = octetsOfOutput(output, method);
    if (!octets) return undefined;
    hash.update(octets);
  }
  return hash.digest();
}

/** The references of the manifests that the signature signs (XMLDSig 1.1 5.1; trap 19). */
export async function checkManifests(
  manifests: readonly TreeElement[],
  context: ReferenceContext<OutsideFile>,
): Promise<CheckedReference[]> {
  const entries = manifests.flatMap(readReferences);
  if (entries.length > mostManifestEntries) throw new FormatError('XML signature', 'too many references');
  return checkReferences(entries, context, () => 'XML_MANIFEST_ENTRY');
}

const plainTransforms: readonly string[] = [
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/2000/09/xmldsig#base64',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  'http://www.w3.org/2006/12/xml-c14n11',
  'http://www.w3.org/2006/12/xml-c14n11#WithComments',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
];

/** How much of what it names a reference signs. */
export function scopeOf({ reference, output }: CheckedReference, context: ReferenceContext<OutsideFile>): Scope {
  const { uri, transforms } = reference;
  const isPlain = transforms.every((transform) => plainTransforms.includes(attributeOf(transform, 'Algorithm') ?? ''));
  if (uri === undefined || !(uri === '' || uri.startsWith('#'))) {
    const content = output.kind === 'outside' ? output.content.content : undefined;
    const scope = content && !content.chunks() ? 'DIGEST' : isPlain ? 'FULL' : 'PARTIAL';
    return { scope, name: content?.name ?? uri ?? 'Full document' };
  }
  const isWhole = uri === '' || uri === '#xpointer(/)' || isObjectOrRoot(uri, context);
  const name = uri === '' || uri === '#xpointer(/)' ? 'Full XML document' : uri.slice(1);
  return { scope: isPlain && isWhole ? 'FULL' : 'PARTIAL', name };
}

function isObjectOrRoot(uri: string, { document, signature }: ReferenceContext<OutsideFile>): boolean {
  const [element] = document.byId.get(uri.slice(1)) ?? [];
  if (!element) return false;
  const isObject = element.name === 'Object' && element.namespace === signatureNamespace;
  return element === document.root || (isObject && element.parent === signature);
}
