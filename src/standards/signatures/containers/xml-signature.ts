import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import { type Certificate, readCertificates, verifySignature } from '../../formats/x509/index.ts';
import {
  attributeOf,
  canonicalize,
  type ReferenceContext,
  readSignatureElement,
  signatureNamed,
  signatureNamespace,
  standardCanonicalization,
  type TreeElement,
  verifiableValue,
  type XmlReference,
  type XmlSignature,
} from '../../formats/xmldsig/index.ts';
import type { Finding } from '../indication.ts';
import type { ReferenceFact, Scope, SignatureFacts, TokenFacts } from '../signed-document.ts';
import { policyOfXades } from './named-policy.ts';
import type { SealedSignature } from './xades-evidence.ts';
import { keyInfoCertificates, plainProfile, xadesProfile } from './xades-profile.ts';
import {
  claimedTimeOf,
  isXades,
  outsideProperties,
  readXadesProperties,
  type XadesProperties,
} from './xades-properties.ts';
import { identifySigner } from './xades-signer.ts';
import { readXadesTimestamps } from './xades-timestamps.ts';
import {
  type CheckedReference,
  checkManifests,
  checkReferences,
  type OutsideFile,
  type ReferenceTarget,
  scopeOf,
} from './xml-references.ts';

/** What the facts of an XML signature are read from. */
export interface XmlSignatureSource {
  readonly element: TreeElement;
  /** Which of the document's signatures it is: it tells copies of one signature apart. */
  readonly position: number;
  readonly context: ReferenceContext<OutsideFile>;
  /** Certificates of elsewhere in the document and outside. */
  readonly candidates: readonly Certificate[];
  /** The SignatureValue that a counter-signature stands under. */
  readonly counterSigned?: TreeElement;
  /** Told of a signature with qualifying properties: evidence records may be among them. */
  readonly onSealed?: (sealed: SealedSignature) => Promise<void>;
}

/** Facts of an XML signature (XMLDSig 1.1; EN 319 132-1): nothing is judged. */
export async function readXmlSignature(source: XmlSignatureSource): Promise<SignatureFacts> {
  try {
    const signature = readSignatureElement(source.element);
    return await readFacts(source, signature, readXadesProperties(signature, source.context.document));
  } catch (error) {
    if (error instanceof FormatError) return brokenSignature(source, error.message);
    throw error;
  }
}

async function readFacts(
  source: XmlSignatureSource,
  signature: XmlSignature,
  properties: XadesProperties | undefined,
): Promise<SignatureFacts> {
  const { context } = source;
  const kinds = kindsOf(signature, properties, source.counterSigned);
  const references = await checkReferences(signature.references, context, kinds);
  const manifests = signedManifests(references, signature);
  const entries = await checkManifests(manifests, context);
  const id = idOf(source, signature);
  const candidates = [...readCertificates(keyInfoCertificates(signature)), ...source.candidates];
  const token = readToken(source, signature, properties, candidates);
  const facts = [...references, ...entries].map(({ fact }) => fact);
  const claimedSigningTime = properties && claimedTimeOf(properties);
  const timestamped = properties && { id, signature, properties, references, context, candidates, ...signerOf(token) };
  if (timestamped) await source.onSealed?.({ ...timestamped, manifestEntries: entries });
  return {
    ...token,
    id,
    formatFindings: ambiguousIds([...references, ...entries]),
    references: [...facts, ...missingData(facts, source.counterSigned !== undefined)],
    profile: properties ? xadesProfile(signature, properties, manifests, token) : plainProfile,
    isCounterSignature: source.counterSigned !== undefined,
    ...(claimedSigningTime ? { claimedSigningTime } : {}),
    bindsContent: facts.some(({ kind }) => kind === 'SIGNED_PROPERTIES'),
    timestamps: timestamped ? await readXadesTimestamps(timestamped) : [],
    scopes: scopesOf(source, references, entries),
    ...constraintsOf(signature),
    ...(properties ? policyOfXades(properties) : {}),
  };
}

/** What stands outside is not fetched, so whether it forbids relying on the signature is not known. */
function constraintsOf(signature: XmlSignature): Pick<SignatureFacts, 'constraintFindings'> {
  const outside = outsideProperties(signature);
  if (outside === undefined) return {};
  const detail = `its qualifying properties are outside of the document, at ${outside.slice(0, 100)}, and are not read`;
  return { constraintFindings: [{ code: 'ATTRIBUTES_MISSING', detail }] };
}

function signerOf({ signingCertificate }: Pick<TokenFacts, 'signingCertificate'>): {
  signingCertificate: Certificate | undefined;
} {
  return { signingCertificate };
}

/** A signature that cannot be taken apart is broken, not absent. */
function brokenSignature(
  { element, position, context, counterSigned }: XmlSignatureSource,
  detail: string,
): SignatureFacts {
  const octets = canonicalize({ document: context.document, apex: element, comments: true }, standardCanonicalization);
  return {
    id: `S-${createHash('sha256').update(`${position} `).update(octets).digest('hex')}`,
    formatFindings: [{ code: 'FORMAT_BROKEN', detail }],
    certificateReference: { kind: 'absent' },
    references: [],
    signatureValue: new Uint8Array(),
    valueCheck: 'unchecked',
    profile: plainProfile,
    isCounterSignature: counterSigned !== undefined,
    bindsContent: false,
    timestamps: [],
    scopes: [],
  };
}

function idOf({ position }: XmlSignatureSource, { value, references }: XmlSignature): string {
  const hash = createHash('sha256').update(`${position} `).update(value);
  for (const { digest } of references) hash.update(digest);
  return `S-${hash.digest('hex')}`;
}

const signedPropertiesType = /^http:\/\/uri\.etsi\.org\/01903\/?(v1\.[1-4]\.[1-3])?\/?#SignedProperties$/;

/** What each reference is to, as far as it shows in the element that it leads to. */
function kindsOf(
  signature: XmlSignature,
  properties: XadesProperties | undefined,
  counterSigned: TreeElement | undefined,
) {
  return (reference: XmlReference, { from, apex }: ReferenceTarget): ReferenceFact['kind'] | 'misplaced' => {
    const { type = '' } = reference;
    if (properties && signedPropertiesType.test(type))
      return from !== undefined && from === properties.signedProperties ? 'SIGNED_PROPERTIES' : 'misplaced';
    if (isMisplaced(type, apex, signature)) return 'misplaced';
    if (from !== undefined && from === counterSigned) return 'COUNTER_SIGNED_VALUE';
    return from?.name === 'KeyInfo' && from.parent === signature.element ? 'KEY_INFO' : 'REFERENCE';
  };
}

/** A reference that says it is to an object or manifest leads to one of this signature, not of somewhere else (trap 20). */
function isMisplaced(type: string, apex: TreeElement | undefined, { element, objects }: XmlSignature): boolean {
  if (apex === undefined) return false;
  if (type === `${signatureNamespace}Object`) return apex.parent !== element;
  if (type !== `${signatureNamespace}Manifest`) return false;
  const isManifest = apex.name === 'Manifest' && apex.namespace === signatureNamespace;
  return !(isManifest && apex.parent !== undefined && objects.includes(apex.parent));
}

/** The manifests that are signed: a reference leads to each, whole. */
function signedManifests(references: readonly CheckedReference[], { objects }: XmlSignature): TreeElement[] {
  const apexes = references.flatMap(({ output }) =>
    (output.kind === 'nodes' || output.kind === 'octets') && output.from ? [output.from] : [],
  );
  return objects
    .flatMap((object) => object.children)
    .filter((child): child is TreeElement => child.kind === 'element')
    .filter(({ name, namespace }) => name === 'Manifest' && namespace === signatureNamespace)
    .filter((manifest) => apexes.some((apex) => apex === manifest || apex === manifest.parent));
}

/** An Id on several elements lets anyone choose what was signed (trap 20). */
function ambiguousIds(references: readonly CheckedReference[]): Finding[] {
  return references.flatMap(({ output }) =>
    output.kind === 'ambiguous'
      ? [{ code: 'FORMAT_BROKEN' as const, detail: `several elements have the Id ${output.id.slice(0, 60)}` }]
      : [],
  );
}

/** A signature over its own parts alone signs no data; a counter-signature is over the value that it stands under. */
function missingData(facts: readonly ReferenceFact[], isCounter: boolean): ReferenceFact[] {
  if (isCounter && !facts.some(({ kind }) => kind === 'COUNTER_SIGNED_VALUE'))
    return [{ kind: 'COUNTER_SIGNED_VALUE', found: true, intact: false }];
  const signsData = facts.some(({ kind }) => kind === 'REFERENCE' || kind === 'COUNTER_SIGNED_VALUE');
  return signsData ? [] : [{ kind: 'REFERENCE', found: false, intact: false }];
}

function scopesOf(
  { counterSigned, context }: XmlSignatureSource,
  references: readonly CheckedReference[],
  entries: readonly CheckedReference[],
): Scope[] {
  if (counterSigned)
    return [{ scope: 'COUNTER_SIGNATURE', name: attributeOf(counterSigned, 'Id') ?? 'SignatureValue' }];
  const data = references.filter(({ fact }) => fact.kind === 'REFERENCE');
  const present = entries.filter(({ fact }) => fact.found && fact.intact);
  return [...data, ...present].map((reference) => scopeOf(reference, context));
}

function readToken(
  { context }: XmlSignatureSource,
  signature: XmlSignature,
  properties: XadesProperties | undefined,
  candidates: readonly Certificate[],
): Omit<TokenFacts, 'id' | 'formatFindings' | 'references'> {
  const algorithm = signatureNamed(signature.signatureMethod);
  const { canonicalization, signedInfo, value } = signature;
  const octets =
    canonicalization &&
    canonicalize({ document: context.document, apex: signedInfo, comments: true }, canonicalization);
  const check = ({ publicKey }: Certificate) =>
    octets && algorithm
      ? verifySignature(algorithm, publicKey, octets, verifiableValue(algorithm, value))
      : 'unsupported';
  const { certificate, reference } = identifySigner(signature, properties, candidates, check);
  return {
    ...(certificate ? { signingCertificate: certificate } : {}),
    certificateReference: reference,
    signatureValue: value,
    ...(algorithm ? { signatureAlgorithm: algorithm } : {}),
    ...(algorithm?.digest ? { digestAlgorithm: algorithm.digest } : {}),
    valueCheck: certificate ? check(certificate) : 'unchecked',
  };
}

/** Whether a Signature stands as a counter-signature under another's unsigned properties. */
export function isCounterSignature({ parent }: TreeElement): boolean {
  return parent !== undefined && parent.name === 'CounterSignature' && isXades(parent);
}
