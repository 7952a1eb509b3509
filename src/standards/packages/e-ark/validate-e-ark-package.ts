import { FormatError, readWhole } from '../../../base/index.ts';
import { largestForSchema, readXml, schemaValidator, type XmlNode } from '../../formats/xml/index.ts';
import type { PackageReader } from '../package-reader.ts';
import { checkSoftwareAgent, checkSubmissionAgents } from './agent-rules.ts';
import { checkDivisions } from './division-rules.ts';
import { metsNamespace } from './element-path.ts';
import { checkElements } from './element-rules.ts';
import { checkFileGroups } from './group-rules.ts';
import { findingsOf, type Judgement, type MetsSource } from './mets-source.ts';
import { listFiles } from './package-files.ts';
import { checkPreservation } from './preservation-rules.ts';
import { checkReferences, type KnownDigests } from './reference-rules.ts';
import type { EarkFinding, EarkRules, PackageKind, SpecificationTable } from './rule-tables.ts';
import { checkDescribed, checkStructure } from './structure-rules.ts';
import { declared, specificationOf } from './which-specification.ts';

/** What validation says of a package. */
export interface EarkValidation {
  /** No MUST is broken. */
  readonly valid: boolean;
  /** E.g. `CSIP 2.1.0, SIP 2.1.0`. */
  readonly specification: string;
  readonly findings: readonly EarkFinding[];
  /** The requirements that were judged. */
  readonly checked: readonly string[];
}

/** How a package is to be judged. */
export interface EarkRequest {
  readonly rules: EarkRules;
  /** What lies after it is in the future. */
  readonly validationTime: Date;
  /** A version such as `2.2.0` or `2.1`; the one that the package declares when left out. */
  readonly specification?: string;
  /** The package was found in a folder below the one named: what its folders are called is not judged then. */
  readonly foundBelow?: boolean;
}

const metsName = 'METS.xml';
const largestMets = 64 << 20;
const mostRepresentations = 10_000;

/**
 * Validates an E-ARK information package by every requirement of CSIP and of what it says it is (SIP, AIP, DIP), in the
 * version it declares. Malformed input is a finding. Each file is read once per checksum algorithm; nothing is fetched.
 * @throws only what `reader` throws when bytes cannot be had
 */
export async function validateEarkPackage(reader: PackageReader, request: EarkRequest): Promise<EarkValidation> {
  const found: Found = { files: await listFiles(reader), documents: [], faults: [], unjudged: new Set() };
  await readDocuments(reader, request.rules, found);
  const root = found.documents[0]?.isPackage ? found.documents[0].root : undefined;
  const specification = specificationOf(root, request.rules, request.specification);
  const kinds = declared(root);
  const applies = (id: string) => isJudged(id, kinds, request.foundBelow ?? false);
  const { findings, report } = findingsOf(specification, applies);
  const judgement: Judgement = { ...request, specification, files: found.files, report };
  for (const { id, place, message } of found.faults) report(id, place, message);
  const named = new Set<string>();
  const digests: KnownDigests = new Map();
  for (const mets of found.documents) {
    checkDocument(mets, kinds, judgement);
    for (const path of await checkReferences(mets, judgement, reader, digests)) named.add(path);
  }
  if (kinds.includes('AIP')) await checkPreservation(found.documents, judgement, reader);
  const main = found.documents.find(({ isPackage }) => isPackage);
  checkStructure(main, reader.folder, judgement);
  if (main) checkDescribed(main, named, judgement);
  return concluded(findings, specification, kinds, (id) => applies(id) && !found.unjudged.has(id));
}

/** The result for an archive that cannot be read as a package at all. */
export function unreadablePackage(error: FormatError, request: EarkRequest): EarkValidation {
  const specification = specificationOf(undefined, request.rules, request.specification);
  const { findings, report } = findingsOf(specification, () => true);
  report('CSIPSTR1', '', `The package cannot be read: ${error.message}.`);
  return { ...concluded(findings, specification, [], () => false), checked: ['CSIPSTR1'] };
}

interface Found {
  files: Judgement['files'];
  documents: MetsSource[];
  faults: { id: string; place: string; message: string }[];
  /** Requirements that could not be judged. */
  unjudged: Set<string>;
}

/** The package's METS document, then those of its representations. */
async function readDocuments(reader: PackageReader, rules: EarkRules, found: Found): Promise<void> {
  const { sizes } = found.files;
  const below = [...sizes.keys()].filter((path) => /^representations\/[^/]+\/METS\.xml$/.test(path));
  if (!sizes.has(metsName))
    found.faults.push({ id: 'CSIPSTR4', place: '', message: 'There is no METS.xml in the root folder.' });
  for (const path of [metsName, ...below.slice(0, mostRepresentations)]) {
    if (!sizes.has(path)) continue;
    const isPackage = path === metsName;
    try {
      const bytes = await readWhole(await reader.open(path), largestMets);
      const root = readMets(bytes);
      found.documents.push({ root, path, folder: path.slice(0, -metsName.length), isPackage });
      checkSchema(bytes, path, rules, found);
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof RangeError)) throw error;
      found.faults.push({
        id: isPackage ? 'CSIPSTR4' : 'CSIPSTR12',
        place: path,
        message: `The METS document cannot be read: ${error.message}.`,
      });
    }
  }
}

const validators = new WeakMap<EarkRules, ReturnType<typeof schemaValidator>>();

/** CSIP 2.2, use of METS: the main requirement for METS files is that they follow the schema of METS 1.12. */
function checkSchema(bytes: Uint8Array, path: string, rules: EarkRules, found: Found): void {
  if (bytes.length > largestForSchema) {
    found.unjudged.add('METS-SCHEMA');
    return;
  }
  const { schema, imported } = rules.metsSchema;
  const validate = validators.get(rules) ?? schemaValidator(schema, imported);
  validators.set(rules, validate);
  for (const { line, message } of validate(bytes))
    found.faults.push({ id: 'METS-SCHEMA', place: `${path}#line(${line})`, message });
}

function readMets(bytes: Uint8Array): XmlNode {
  const root = readXml(bytes);
  if (root.name !== 'mets' || root.namespace !== metsNamespace)
    throw new FormatError('METS', 'the root element is not mets');
  return root;
}

function checkDocument(mets: MetsSource, kinds: readonly PackageKind[], judgement: Judgement): void {
  checkElements(mets, judgement);
  if (mets.isPackage) checkSoftwareAgent(mets, judgement);
  if (mets.isPackage && kinds.includes('SIP')) checkSubmissionAgents(mets, judgement);
  checkFileGroups(mets, judgement);
  checkDivisions(mets, judgement);
}

/** Requirements of SIP, AIP and DIP are asked of those only. */
function isJudged(id: string, kinds: readonly PackageKind[], foundBelow: boolean): boolean {
  const kind = /^(SIP|AIP|DIP)/.exec(id)?.[1];
  if (kind !== undefined) return kinds.some((one) => one === kind);
  return !(foundBelow && /^CSIPSTR([2356789]|1\d)$/.test(id));
}

function concluded(
  findings: readonly EarkFinding[],
  { version, requirements }: SpecificationTable,
  kinds: readonly PackageKind[],
  applies: (id: string) => boolean,
): EarkValidation {
  return {
    valid: !findings.some(({ level }) => level === 'MUST'),
    specification: ['CSIP', ...kinds].map((kind) => `${kind} ${version}`).join(', '),
    findings,
    checked: Object.keys(requirements).filter(applies),
  };
}
