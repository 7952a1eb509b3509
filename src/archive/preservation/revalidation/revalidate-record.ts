import { bytesReader, sha256Hex, utcSeconds, uuidV7 } from '../../../base/index.ts';
import { examineEvidenceRecord } from '../../../standards/evidence/index.ts';
import { aipPathOf, fileKey, type RecordDescription } from '../../../standards/packages/index.ts';
import {
  type DetachedContent,
  etsiReport,
  finalIndications,
  joinMaterial,
  noMaterial,
  type ValidationReport,
} from '../../../standards/signatures/index.ts';
import {
  applyRevalidation,
  type CatalogRecord,
  type RevalidationTrigger,
  type Verdict,
} from '../../data-management/index.ts';
import { journal, readRecordDescription, storeObject } from '../../packaging/index.ts';
import { type ValidationMaterial, validateWithMaterial } from '../../trust-services/index.ts';
import { type VersionEvidence, versionEvidence } from '../evidence/index.ts';
import { type KeptMaterial, keptMaterial, materialBeyond } from './kept-material.ts';
import type { RevalidationContext } from './revalidation-context.ts';

/** What a re-validation found. */
export interface Revalidation {
  readonly verdicts: readonly Verdict[];
  /** Places, from 0, of signatures whose verdict is another one than the last. */
  readonly changed: readonly number[];
  /** The report that was put into the store because of that. */
  readonly report?: string;
}

type DescribedFile = RecordDescription['files'][number];

/**
 * Validates every signature of a record anew: with the material that was kept with it, what can be fetched now, and the
 * archive's own evidence as proof of its existence. What was found before is never overwritten: each run is an entry of the
 * journal, and a report goes into the store only where a verdict is another one than before.
 * @returns undefined for a record without signatures
 * @throws ArchiveError LOCATION_CORRUPT when a file cannot be read as it was stored
 */
export async function revalidateRecord(
  context: RevalidationContext,
  record: CatalogRecord,
  trigger: RevalidationTrigger,
): Promise<Revalidation | undefined> {
  const description = await readRecordDescription(context.storage, record.id, record.version);
  const signed = description?.files.filter(({ signatures }) => signatures.length > 0) ?? [];
  if (!description || signed.length === 0) return undefined;
  const known = await keptMaterial(context, record.id, record.version);
  const evidence = await versionEvidence(context, record.id, record.version);
  const reports: { path: string; report: ValidationReport }[] = [];
  const found: ValidationMaterial[] = [];
  for (const file of signed) {
    const { report, material } = await validateFile(context, record, description, file, known, evidence);
    reports.push({ path: fileKey(file), report });
    found.push(material);
  }
  const verdicts = reports.flatMap(({ report }) => verdictsOf(report));
  const changed = changedFrom(record, verdicts);
  const beyond = materialBeyond(known.material, found);
  const report = changed.length > 0 ? await keepReport(context, record, reports, beyond) : undefined;
  await journal(
    context,
    {
      time: utcSeconds(context.clock()),
      institution: record.institution,
      type: 'signatures.revalidated',
      subject: record.id,
      actor: 'archive',
      detail: {
        ...{ trigger, engine: context.software.version, verdicts },
        ...(report ? { report, changed } : {}),
      },
    },
    async (transaction, entries) => {
      for (const entry of entries) await applyRevalidation(transaction, entry);
    },
  );
  return { verdicts, changed, ...(report ? { report } : {}) };
}

async function validateFile(
  context: RevalidationContext,
  { id, version }: CatalogRecord,
  { files }: RecordDescription,
  file: DescribedFile,
  known: KeptMaterial,
  evidence: VersionEvidence | undefined,
): Promise<{ readonly report: ValidationReport; readonly material: ValidationMaterial }> {
  const open = (path: string) => context.storage.openState(id, path, version);
  const covered = files.filter((one) => file.signs?.includes(one.path) && one.representation === file.representation);
  const contents: DetachedContent[] = [];
  for (const one of covered)
    contents.push({
      name: one.originalName,
      reader: await open(aipPathOf(one)),
      digests: [
        { algorithm: 'sha256', value: one.sha256 },
        { algorithm: 'sha512', value: one.sha512 },
      ],
    });
  for (const one of evidence ? [file, ...covered] : []) {
    const octets = (await evidence?.recordOf(aipPathOf(one))) ?? new Uint8Array();
    contents.push({ name: `${one.originalName}.ers`, reader: bytesReader(octets) });
  }
  const lists = await context.trustedLists?.current();
  const request = {
    document: await open(aipPathOf(file)),
    sha256: file.sha256,
    name: file.originalName,
    contents,
    anchors: await context.anchors(),
    ...(lists ? { trustedLists: lists } : {}),
    validationTime: context.clock(),
    ...(context.validationPolicy ? { policy: context.validationPolicy } : {}),
    examineEvidenceRecord,
  };
  // Lists that were kept would settle what was revoked since: what is to be had now is asked for without them.
  const asked = await validateWithMaterial(request, context.materialSource, {
    ...noMaterial,
    certificates: known.material.certificates,
  });
  const all = joinMaterial([known.material, asked.material]);
  const found = await validateWithMaterial(request, undefined, all);
  if (!evidence || found.report.signatures.every(({ indication }) => indication !== 'INDETERMINATE')) return found;
  const proofs = (await known.evidence()).map((octets) => ({ name: 'material.ers', reader: bytesReader(octets) }));
  return validateWithMaterial({ ...request, contents: [...contents, ...proofs] }, undefined, all);
}

/** As the record lists its signatures: those of a document, or the evidence records of a file that is one. */
function verdictsOf({ container, signatures, evidenceRecords }: ValidationReport): Verdict[] {
  if (container === 'ER')
    return evidenceRecords.map(({ indication, subIndication, reasonCode }) => ({
      indication: finalIndications[indication],
      ...(subIndication ? { subIndication } : {}),
      reasonCode,
    }));
  return signatures.map(({ indication, subIndication, reasonCode, bestSignatureTime }) => ({
    indication,
    ...(subIndication ? { subIndication } : {}),
    reasonCode,
    bestSignatureTime,
  }));
}

function changedFrom({ signatures }: CatalogRecord, verdicts: readonly Verdict[]): number[] {
  const length = Math.max(signatures.length, verdicts.length);
  return Array.from({ length }, (_, number) => number).filter((number) => {
    const [before, now] = [signatures[number], verdicts[number]];
    return before?.indication !== now?.indication || (before?.subIndication ?? '') !== (now?.subIndication ?? '');
  });
}

/** The reports of all signed files, as data and as ETSI TS 119 102-2 has them, with what was fetched to come to them. */
async function keepReport(
  context: RevalidationContext,
  record: CatalogRecord,
  reports: readonly { readonly path: string; readonly report: ValidationReport }[],
  material: readonly { readonly path: string; readonly content: Uint8Array }[],
): Promise<string> {
  const id = `urn:trajno:validation-report:${uuidV7(context.clock, context.random)}`;
  const content = Buffer.from(`${JSON.stringify({ record: record.id, version: record.version, reports })}\n`);
  const etsi = reports.flatMap(({ path, report }, index) => {
    const xml = etsiReport(report, path); // none of a document that cannot be read
    const name = `etsi/${index + 1}-${sha256Hex(Buffer.from(path)).slice(0, 16)}.xml`;
    return xml ? [{ path: name, content: xml }] : [];
  });
  const created = context.clock();
  await storeObject(context, {
    id,
    type: 'validation-report',
    files: [{ path: 'report.json', content }, ...etsi, ...material],
    created,
  });
  return id;
}
