import { FormatError } from '../../../base/index.ts';
import type { Certificate } from '../../formats/x509/index.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import type { SignedContent } from '../signed-content.ts';
import type { EvidenceRecordFacts } from '../signed-document.ts';
import { type AsicContainer, readFile } from './asic-container.ts';
import type { AsicManifest } from './asic-manifest.ts';
import { type EvidencedObject, readEvidenceRecord } from './evidence-record.ts';

/** Ids that a file of the container stands for: of signatures, time-stamps and material inside it. */
export type IdsInFile = (path: string) => Iterable<string>;

const mostRecords = 100;

/**
 * The evidence records of a container (EN 319 162-1 4.3.3.2, 4.4.3.3): over the one object of ASiC-S, or over each file that
 * the ASiCEvidenceRecordManifest names which names the record.
 */
export async function readAsicEvidence(
  examine: ExamineEvidenceRecord | undefined,
  container: AsicContainer,
  idsIn: IdsInFile,
  candidates: readonly Certificate[],
): Promise<EvidenceRecordFacts[]> {
  const records: EvidenceRecordFacts[] = [];
  if (container.evidenceRecords.length > mostRecords) throw new FormatError('ASiC', 'too many evidence records');
  for (const path of container.evidenceRecords) {
    const octets = await readFile(container, path);
    if (!octets) continue;
    const manifest = container.kind === 'ASiC-S' ? undefined : manifestOf(container, path);
    const names = manifest ? manifest.entries.map((entry) => entry.path) : container.objects;
    const objects: EvidencedObject[] = [];
    for (const name of names) objects.push(await objectOf(container.content(name), name, manifest, idsIn));
    const over = 'each' as const;
    records.push(await readEvidenceRecord(examine, { source: { octets }, objects, over, candidates }));
  }
  return records;
}

function manifestOf({ manifests }: AsicContainer, path: string): AsicManifest | undefined {
  return manifests.find(({ signedBy }) => signedBy === path);
}

/** A file counts when it has the digest that the manifest names, too. */
async function objectOf(
  content: SignedContent | undefined,
  path: string,
  manifest: AsicManifest | undefined,
  idsIn: IdsInFile,
): Promise<EvidencedObject> {
  const object = { name: path, covers: idsIn(path) };
  if (!content) return { ...object, content: undefined };
  const entry = manifest?.entries.find((one) => one.path === path);
  if (!entry) return { ...object, content };
  const { digestAlgorithm } = entry;
  const digest = digestAlgorithm && (await content.digest(digestAlgorithm));
  const isNamed = digest !== undefined && Buffer.compare(digest, entry.digest) === 0;
  return { ...object, content, ...(digestAlgorithm ? { digestAlgorithm } : {}), differs: !isNamed };
}
