import type { DigestName } from '../../formats/x509/index.ts';
import {
  type Canonicalization,
  canonicalize,
  childElements,
  spend,
  standardCanonicalization,
  type TreeElement,
} from '../../formats/xmldsig/index.ts';
import type { EvidenceRecordSource, ExamineEvidenceRecord } from '../evidence-examination.ts';
import { digestBytes, type SignedContent } from '../signed-content.ts';
import type { EvidenceRecordFacts } from '../signed-document.ts';
import { idsOfMaterial } from './archive-coverage.ts';
import { readEvidenceRecord } from './evidence-record.ts';
import { materialWithin, octetsIn } from './xades-material.ts';
import { propertiesNamed } from './xades-properties.ts';
import { type TimestampedSignature, timestampsIn } from './xades-timestamps.ts';
import { type CheckedReference, digestOfParts, type ImprintPart } from './xml-references.ts';

/** A XAdES signature, read, whose unsigned properties may hold evidence records. */
export interface SealedSignature extends TimestampedSignature {
  /** What the manifests that it signs lead to. */
  readonly manifestEntries: readonly CheckedReference[];
}

const mostRecords = 20;

/** The evidence records among the unsigned properties, each over the signature with the properties before it (TS 119 132-3 5). */
export async function readXadesEvidence(
  examine: ExamineEvidenceRecord | undefined,
  sealed: SealedSignature,
): Promise<EvidenceRecordFacts[]> {
  const { unsignedSignatureProperties } = sealed.properties;
  const records: EvidenceRecordFacts[] = [];
  for (const holder of propertiesNamed(unsignedSignatureProperties, 'SealingEvidenceRecords')) {
    const before = unsignedSignatureProperties.slice(0, unsignedSignatureProperties.indexOf(holder));
    const object = { name: 'signature', content: sealedContent(sealed, before), covers: coveredBy(sealed, before) };
    for (const element of childElements(holder)) {
      const source = sourceOf(sealed, element);
      if (!source || records.length >= mostRecords) continue;
      const { candidates, id } = sealed;
      records.push(
        await readEvidenceRecord(examine, { source, objects: [object], over: 'each', sealed: [id], candidates }),
      );
    }
  }
  return records;
}

/** The digest of what a record is over that comes after all unsigned properties there are (TS 119 132-3 5.2.2). */
export function digestToSeal(sealed: SealedSignature, algorithm: DigestName): Promise<Uint8Array | undefined> {
  return sealedContent(sealed, sealed.properties.unsignedSignatureProperties).digest(algorithm);
}

function sourceOf({ context }: SealedSignature, element: TreeElement): EvidenceRecordSource | undefined {
  if (element.name === 'EvidenceRecord') return { document: context.document, element };
  const octets = octetsIn(element);
  return octets && { octets };
}

/** The group of data objects, hashed together: their digests in binary ascending order. */
function sealedContent(sealed: SealedSignature, before: readonly TreeElement[]): SignedContent {
  const method = sealed.signature.canonicalization ?? standardCanonicalization;
  const known = new Map<DigestName, Promise<Uint8Array | undefined>>();
  return {
    size: undefined,
    chunks: () => undefined,
    digest: (algorithm) => {
      const digest = known.get(algorithm) ?? digestOfGroup(partsOf(sealed, before, method), method, algorithm, sealed);
      known.set(algorithm, digest);
      return digest;
    },
  };
}

/** TS 119 132-3 5.2.2: what the references lead to, elements of the signature, properties, objects, manifests' entries. */
function partsOf(sealed: SealedSignature, before: readonly TreeElement[], method: Canonicalization): ImprintPart[] {
  const { signature, references, properties, manifestEntries, context } = sealed;
  const objects = signature.objects.filter((object) => !object.children.includes(properties.element));
  const elements = [
    signature.signedInfo,
    signature.valueElement,
    ...(signature.keyInfo ? [signature.keyInfo] : []),
    ...before,
    ...objects,
  ];
  const canonical = elements.map((apex) => {
    spend(context.budget, { apex });
    return canonicalize({ document: context.document, apex, comments: true }, method);
  });
  return [...references, ...canonical, ...manifestEntries];
}

async function digestOfGroup(
  parts: readonly ImprintPart[],
  method: Canonicalization,
  algorithm: DigestName,
  { context }: SealedSignature,
): Promise<Uint8Array | undefined> {
  const digests: Uint8Array[] = [];
  for (const part of parts) {
    const digest = await digestOfPart(part, method, algorithm, context);
    if (!digest) return undefined;
    digests.push(digest);
  }
  return digestBytes(Buffer.concat(digests.sort(Buffer.compare)), algorithm);
}

/** Of a file outside, only the digest may be known. */
async function digestOfPart(
  part: ImprintPart,
  method: Canonicalization,
  algorithm: DigestName,
  context: SealedSignature['context'],
): Promise<Uint8Array | undefined> {
  if (!(part instanceof Uint8Array) && part.output.kind === 'outside')
    return part.output.content.content.digest(algorithm);
  return digestOfParts([part], method, algorithm, context);
}

/** The signature, the time-stamps of it and before it, and the material in them. */
function coveredBy(sealed: SealedSignature, before: readonly TreeElement[]): string[] {
  const contents = sealed.properties.signedDataObjectProperties;
  const holders = [...(sealed.signature.keyInfo ? [sealed.signature.keyInfo] : []), ...contents, ...before];
  return [
    sealed.id,
    ...(sealed.signingCertificate ? [sealed.signingCertificate.sha256] : []),
    ...timestampsIn([...contents, ...before]),
    ...holders.flatMap((holder) => idsOfMaterial(materialWithin(holder))),
  ];
}
