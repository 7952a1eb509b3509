import { type CatalogRecord, type CatalogSignature, wasScanned } from '../../archive/data-management/index.ts';
import type { ArchiveError } from '../../base/index.ts';
import type { IngestReport } from '../../standards/packages/index.ts';

/** A record as `archive --json` shows it, and the same for people. */
export function presentArchived(record: CatalogRecord, report?: IngestReport): { shown: object; lines: string[] } {
  const warnings = [
    ...(record.duplicateOf ? ['DUPLICATE_CONTENT'] : []),
    ...(record.state === 'awaiting' ? ['NO_CATEGORY'] : []),
    ...(record.version > 0 && !wasScanned(record) ? ['MALWARE_NOT_SCANNED'] : []),
  ];
  const shown = {
    record: record.id,
    number: record.number,
    aip: record.id,
    version: record.version,
    state: record.state,
    ...(record.receipt ? { receipt: record.receipt } : {}),
    ...(record.duplicateOf ? { duplicateOf: record.duplicateOf } : {}),
    files: record.files.map((file) => ({
      name: file.originalName,
      size: file.size,
      sha256: file.sha256,
      ...(file.puid ? { puid: file.puid } : {}),
    })),
    signatures: record.signatures.map(presentSignature),
    warnings,
    ...(report ? { ingestReport: report } : {}),
    ...(record.reason ? { error: { code: record.reason.code, message: record.reason.detail } } : {}),
  };
  const lines = [
    `${record.number}  ${record.state.padEnd(11)} ${record.title}`,
    ...(record.receipt
      ? [`  receipt ${record.receipt.number} of ${record.receipt.time}, head ${record.receipt.head.slice(0, 24)}…`]
      : []),
    ...(report ? [packageLine(report)] : []),
    ...record.signatures.map(
      (signature) =>
        `  ${signature.indication}${signature.subIndication ? `/${signature.subIndication}` : ''}  ${signature.format}  ${signature.signedBy ?? ''}  ${signature.reason ?? ''}`,
    ),
    ...(record.duplicateOf ? [`  the same content is already kept as ${record.duplicateOf}`] : []),
    ...(record.reason ? [`  ${record.reason.code}: ${record.reason.detail}`] : []),
  ];
  return { shown, lines };
}

function packageLine({ package: { specification }, kept, checksums }: IngestReport): string {
  return `  taken from a package valid by ${specification}: ${kept.originals} files as documents, ${kept.submission} as the producer's metadata, ${kept.ignored} ignored; ${checksums.compared} checksums compared`;
}

/** A submission that is received and safe, and could not be stored in every location: it is tried again by itself. */
export function presentWaiting(record: CatalogRecord, error: ArchiveError): { shown: object; lines: string[] } {
  const { shown } = presentArchived(record);
  return {
    shown: { ...shown, state: 'awaiting', error: { code: error.code, message: error.message } },
    lines: [
      `${record.number}  received, not yet archived  ${record.title}`,
      `  ${error.code}: ${error.message}`,
      '  The files are safe. The next command or `trajno serve` goes on with them.',
    ],
  };
}

/** A submission that was refused before it became a record. */
export function presentFailure(names: readonly string[], error: ArchiveError): { shown: object; lines: string[] } {
  const shown = {
    state: 'rejected',
    files: names.map((name) => ({ name })),
    signatures: [],
    warnings: [],
    error: { code: error.code, message: error.message, ...(error.places.length > 0 ? { places: error.places } : {}) },
  };
  return {
    shown,
    lines: [
      `rejected  ${names.join(', ')}`,
      `  ${error.code}: ${error.message}`,
      ...error.places.map(({ pointer, detail }) => `  ${pointer}: ${detail}`),
    ],
  };
}

function presentSignature(signature: CatalogSignature): object {
  return {
    file: signature.file,
    format: signature.format,
    indication: signature.indication,
    ...(signature.subIndication ? { subIndication: signature.subIndication } : {}),
    ...(signature.signedBy ? { signedBy: signature.signedBy } : {}),
    ...(signature.reason ? { reason: signature.reason } : {}),
  };
}
