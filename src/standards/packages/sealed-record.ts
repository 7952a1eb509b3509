import { utcSeconds } from '../../base/index.ts';
import { canonicalJson } from './canonical-json.ts';
import type { JsonValue, RecordDescription, RecordFile, SignatureSummary } from './record-description.ts';

/** Name and version of the form of `metadata/other/record.json` (docs/package-format.md). */
export const recordFormat = 'trajno-record/1';

/**
 * The sealed metadata of a record: identifiers, descriptive fields and the list of originals with their digests, the
 * bytes of `metadata/other/record.json`. A confirmation is a signature over exactly these bytes.
 */
export function sealedRecord(record: RecordDescription): Uint8Array {
  const {
    classification,
    intake,
    receivedAt,
    archivedAt,
    packagedAt,
    files,
    descriptive,
    correction,
    alternativeIdentifiers,
    ...plain
  } = record;
  return canonicalJson(
    present({
      format: recordFormat,
      ...plain,
      classification: classification && { ...classification },
      intake: intake && { number: intake.number, time: utcSeconds(intake.time) },
      receivedAt: utcSeconds(receivedAt),
      archivedAt: utcSeconds(archivedAt),
      packagedAt: utcSeconds(packagedAt),
      correction: correction && { ...correction },
      descriptive: descriptive.length === 0 ? undefined : descriptive.map((statement) => ({ ...statement })),
      alternativeIdentifiers: alternativeIdentifiers?.map((identifier) => ({ ...identifier })),
      files: files.map(sealedFile),
    }),
  );
}

function sealedFile(file: RecordFile): JsonValue {
  const { createdAt, format, signs, signatures, representation, ...plain } = file;
  return present({
    ...plain,
    representation: representation === originalRepresentation ? undefined : representation,
    createdAt: createdAt && utcSeconds(createdAt),
    format: format && { ...format },
    signs: signs && [...signs],
    signatures: signatures.length === 0 ? undefined : signatures.map(sealedSignature),
  });
}

function sealedSignature(signature: SignatureSummary): JsonValue {
  return { ...signature };
}

/** The representation of the files as received. */
export const originalRepresentation = 'original';

type Absent = { readonly [name: string]: JsonValue | undefined };

function present(members: Absent): { readonly [name: string]: JsonValue } {
  const kept: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(members)) if (member !== undefined) kept[name] = member;
  return kept;
}
