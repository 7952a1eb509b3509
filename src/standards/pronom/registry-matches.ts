import type { FileWindows } from './file-windows.ts';
import type { FormatIdentification } from './format-identification.ts';
import { type FormatSignatures, withoutOutranked } from './format-signatures.ts';
import { matchBytes } from './match-bytes.ts';
import { matchContainers } from './match-containers.ts';
import { extensionOf } from './named-formats.ts';
import type { Budget } from './positions.ts';
import type { ContainerType } from './signature-data.ts';

/** A format that the registry's signatures speak for. */
export interface RegistryMatch {
  readonly puid: string;
  readonly basis: FormatIdentification['basis'];
  /** The container that was opened to find it, or to find nothing more. */
  readonly opened?: ContainerType;
}

/** Positions looked at in one file: a second or two. Files of all formats take a twentieth of it at most. */
const budgetPerFile = 5_000_000;

/**
 * The formats that the registry's signatures find in a file, those left out that another of them outranks. What a
 * container holds outweighs the bytes around it. A container that cannot be opened leaves open what is inside: then
 * the formats come with it that its name speaks for.
 */
export async function registryMatches(
  signatures: FormatSignatures,
  windows: FileWindows,
  name: string,
): Promise<RegistryMatch[]> {
  const budget: Budget = { left: budgetPerFile };
  const byBytes = await matchBytes(signatures, windows, budget);
  const type = containerType(signatures, byBytes, windows);
  const inside = type && (await matchContainers(signatures, type, windows.reader, budget));
  if (type && inside && inside.size > 0)
    return withoutOutranked(signatures, inside).map((puid) => ({ puid, basis: 'container', opened: type }));
  // The registry's signature of a ZIP asks for its end; one that lost it is a ZIP still.
  const found = byBytes.size === 0 && type ? [...unopened[type]] : withoutOutranked(signatures, byBytes);
  const matches = found.map(
    (puid): RegistryMatch => ({ puid, basis: 'signature', ...(type && inside ? { opened: type } : {}) }),
  );
  const onlyOutside = type && !inside && matches.every(({ puid }) => signatures.triggers.has(puid));
  return onlyOutside ? [...matches, ...containersNamed(signatures, type, name)] : matches;
}

/** What a container is called of which nothing more is known. */
const unopened: Readonly<Record<ContainerType, readonly string[]>> = { ZIP: ['x-fmt/263'], OLE2: ['fmt/111'] };
const zipStart = Buffer.from('PK\x03\x04', 'latin1');

function containerType(
  { triggers }: FormatSignatures,
  byBytes: ReadonlySet<string>,
  { headBytes }: FileWindows,
): ContainerType | undefined {
  for (const puid of byBytes) {
    const type = triggers.get(puid);
    if (type) return type;
  }
  return headBytes.subarray(0, 4).equals(zipStart) ? 'ZIP' : undefined;
}

function containersNamed(signatures: FormatSignatures, type: ContainerType, name: string): RegistryMatch[] {
  const containers = new Set((signatures.containers.get(type) ?? []).flatMap(({ puids }) => puids));
  return (signatures.byExtension.get(extensionOf(name) ?? '') ?? [])
    .filter(({ puid }) => containers.has(puid))
    .map(({ puid }) => ({ puid, basis: 'extension' }));
}
