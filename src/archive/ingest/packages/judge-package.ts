import { ArchiveError, FormatError, readWhole } from '../../../base/index.ts';
import type { IngestReport } from '../../../standards/packages/index.ts';
import {
  describeBag,
  describeSip,
  descriptiveStatements,
  type PackageReader,
  type ProducerDescription,
  type ProducerStatement,
  statedChecksums,
  validateBag,
  validateEarkPackage,
} from '../../../standards/packages/index.ts';
import { earkRules } from '../../packaging/index.ts';

/** A package that is valid, and what it says. */
export interface JudgedPackage {
  readonly specification: string;
  readonly description: ProducerDescription;
  readonly checksums: IngestReport['checksums'];
  readonly findings: IngestReport['findings'];
}

interface Validation {
  readonly valid: boolean;
  readonly specification: string;
  readonly findings: IngestReport['findings'];
}

const largestMetadata = 64 << 20;
const mostFindings = 1000;
const mostPlaces = 100;

/**
 * Validates a bag, and reads what it says of its content.
 * @throws ArchiveError PACKAGE_INVALID with the first faults
 */
export async function judgeBag(reader: PackageReader, name: string): Promise<JudgedPackage> {
  const { validation, bag } = await validateBag(reader);
  requireValid(validation, name);
  return {
    specification: validation.specification,
    description: describeBag(bag.tags, bag.metadataName),
    checksums: { algorithms: [...new Set(bag.algorithms)], compared: bag.checksumsCompared },
    findings: shown(validation.findings),
  };
}

/**
 * Validates a SIP by every requirement, and reads what its METS document and its descriptive metadata say.
 * @throws ArchiveError PACKAGE_INVALID with the first faults
 */
export async function judgeSip(reader: PackageReader, name: string, validationTime: Date): Promise<JudgedPackage> {
  const validation = await validateEarkPackage(reader, { rules: await earkRules(), validationTime });
  requireValid(validation, name);
  const mets = describeSip(await readWhole(await reader.open('METS.xml'), largestMetadata));
  const files = await listed(reader);
  const statements: ProducerStatement[] = [];
  for (const path of mets.descriptive.filter((candidate) => isReadable(files.get(candidate))))
    statements.push(...descriptiveStatements(await readWhole(await reader.open(path), largestMetadata), path));
  return {
    specification: validation.specification,
    description: { statements: [...statements, ...mets.statements], identifiers: mets.identifiers },
    checksums: await checksumsIn(reader, files),
    findings: shown(validation.findings),
  };
}

async function listed(reader: PackageReader): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for await (const { path, size } of await reader.list()) sizes.set(path, size);
  return sizes;
}

/** That a file is there, exactly under this name, and of a size that metadata have, is no MUST of the whole package. */
function isReadable(size: number | undefined): boolean {
  return size !== undefined && size <= largestMetadata;
}

/** In a valid package every checksum that a readable METS document states was compared. */
async function checksumsIn(
  reader: PackageReader,
  files: ReadonlyMap<string, number>,
): Promise<IngestReport['checksums']> {
  const algorithms = new Set<string>();
  let compared = 0;
  for (const [path, size] of files) {
    if (!/^(representations\/[^/]+\/)?METS\.xml$/.test(path) || !isReadable(size)) continue;
    const stated = checksumsOf(await readWhole(await reader.open(path), largestMetadata));
    compared += stated.count;
    for (const algorithm of stated.algorithms) algorithms.add(algorithm);
  }
  return { algorithms: [...algorithms], compared };
}

/** A representation's METS document that cannot be read is a finding of validation, and states nothing. */
function checksumsOf(mets: Uint8Array): ReturnType<typeof statedChecksums> {
  try {
    return statedChecksums(mets);
  } catch (error) {
    if (error instanceof FormatError) return { count: 0, algorithms: [] };
    throw error;
  }
}

/** @throws ArchiveError PACKAGE_INVALID */
function requireValid({ valid, specification, findings }: Validation, name: string): void {
  if (valid) return;
  const faults = findings.filter(({ level }) => level === 'MUST');
  const told = faults.slice(0, 3).map(({ id, message, place }) => `${message} (${id}${place ? `, ${place}` : ''})`);
  const more = faults.length > told.length ? ` And ${faults.length - told.length} more.` : '';
  throw new ArchiveError(
    'PACKAGE_INVALID',
    `“${name}” is not valid by ${specification}: ${told.join(' ')}${more} Correct the package and send it again.`,
    {
      places: faults
        .slice(0, mostPlaces)
        .map(({ id, message, place }) => ({ pointer: place, detail: `${id}: ${message}` })),
    },
  );
}

function shown(findings: Validation['findings']): IngestReport['findings'] {
  return findings.slice(0, mostFindings).map(({ id, level, message, place }) => ({ id, level, message, place }));
}
