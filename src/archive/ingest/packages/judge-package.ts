import { ArchiveError, readWhole } from '../../../base/index.ts';
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
  const statements: ProducerStatement[] = [];
  for (const path of mets.descriptive) {
    const file = await reader.open(path);
    if (file.size <= largestMetadata)
      statements.push(...descriptiveStatements(await readWhole(file, largestMetadata), path));
  }
  return {
    specification: validation.specification,
    description: { statements: [...statements, ...mets.statements], identifiers: mets.identifiers },
    checksums: await checksumsIn(reader),
    findings: shown(validation.findings),
  };
}

/** In a valid package every stated checksum was compared. */
async function checksumsIn(reader: PackageReader): Promise<IngestReport['checksums']> {
  const algorithms = new Set<string>();
  let compared = 0;
  for await (const { path } of await reader.list()) {
    if (!/^(representations\/[^/]+\/)?METS\.xml$/.test(path)) continue;
    const stated = statedChecksums(await readWhole(await reader.open(path), largestMetadata));
    compared += stated.count;
    for (const algorithm of stated.algorithms) algorithms.add(algorithm);
  }
  return { algorithms: [...algorithms], compared };
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
