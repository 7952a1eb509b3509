import type { SignatureVersions } from './format-identification.ts';
import type { ByteSequences, ContainerType, RegistryFormat, SignatureData } from './signature-data.ts';
import { indexSignatures, type SignatureIndex } from './signature-index.ts';
import { prepareSequences, type SignatureParts } from './signature-parts.ts';

/** The registry's signatures, ready to be matched. */
export interface FormatSignatures {
  readonly versions: SignatureVersions;
  readonly formats: ReadonlyMap<string, RegistryFormat>;
  readonly bytes: readonly PreparedSignature[];
  readonly index: SignatureIndex;
  readonly containers: ReadonlyMap<ContainerType, readonly PreparedContainer[]>;
  /** The formats whose byte signature makes a file be opened. */
  readonly triggers: ReadonlyMap<string, ContainerType>;
  /** Formats that some signature speaks for: their extension alone says nothing. */
  readonly signed: ReadonlySet<string>;
  readonly byExtension: ReadonlyMap<string, readonly RegistryFormat[]>;
}

/** A signature whose sequences are taken apart when they are first asked for: of two thousand a file needs some ten. */
export interface PreparedSignature {
  readonly puids: readonly string[];
  parts(): SignatureParts;
}

export interface PreparedContainer {
  readonly puids: readonly string[];
  readonly files: readonly { readonly path: string; readonly signatures: readonly PreparedSequences[] }[];
}

type PreparedSequences = Pick<PreparedSignature, 'parts'>;

/** Makes compiled signature data ready for matching. */
export function prepareSignatures(data: SignatureData): FormatSignatures {
  const containers = new Map<ContainerType, PreparedContainer[]>([
    ['ZIP', []],
    ['OLE2', []],
  ]);
  for (const { puids, type, files } of data.containers)
    containers.get(type)?.push({
      puids,
      files: files.map(({ path, signatures = [] }) => ({ path, signatures: signatures.map(prepared) })),
    });
  const byExtension = new Map<string, RegistryFormat[]>();
  for (const format of data.formats)
    for (const extension of new Set(format.extensions))
      byExtension.set(extension, [...(byExtension.get(extension) ?? []), format]);
  return {
    versions: signatureVersions(data),
    formats: new Map(data.formats.map((format) => [format.puid, format])),
    bytes: data.signatures.map((signature) => ({ puids: signature.puids, ...prepared(signature) })),
    index: indexSignatures(data.signatures),
    containers,
    triggers: new Map(data.triggers.map(({ puid, type }) => [puid, type])),
    signed: new Set([...data.signatures, ...data.containers].flatMap(({ puids }) => puids)),
    byExtension,
  };
}

/** The releases that data come from, as people write them. */
export function signatureVersions({ droid, container }: Pick<SignatureData, 'droid' | 'container'>): SignatureVersions {
  return { droid: `V${droid.version}`, container: container.version };
}

function prepared(sequences: ByteSequences): PreparedSequences {
  let parts: SignatureParts | undefined;
  return {
    parts: () => {
      parts ??= prepareSequences(sequences);
      return parts;
    },
  };
}

/** The formats that no other of them outranks, directly or through others. */
export function withoutOutranked(signatures: FormatSignatures, puids: Iterable<string>): string[] {
  const all = [...new Set(puids)];
  if (all.length < 2) return all;
  const outranked = new Set(all.flatMap((puid) => [...outrankedBy(signatures, puid)]));
  const best = all.filter((puid) => !outranked.has(puid));
  return best.length > 0 ? best : all; // ranks that go in a circle
}

/** All formats below one, whether or not the registry names each of them at the upper one. */
function outrankedBy({ formats }: FormatSignatures, puid: string): Set<string> {
  const below = new Set<string>();
  const open = [puid];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const lower of formats.get(next)?.over ?? [])
      if (!below.has(lower)) {
        below.add(lower);
        open.push(lower);
      }
  below.delete(puid);
  return below;
}
