import type { DocumentKind, FormatFinding, FormatIdentification } from './format-identification.ts';
import type { FormatSignatures } from './format-signatures.ts';
import { mediaTypes } from './media-types.ts';
import { newerFormats } from './newer-formats.ts';

/** What a format's PUID alone says of the kind of document. */
const kinds: Readonly<Record<string, DocumentKind>> = {
  'fmt/494': 'office-encrypted',
  'fmt/1251': 'asic',
  'fmt/1340': 'asic',
  'fmt/1341': 'asic',
  'fmt/1342': 'asic',
  'fmt/1564': 'asic',
};

/** A finding with name, version and media type of its format. */
export function completed(signatures: FormatSignatures, finding: FormatFinding): FormatIdentification {
  const { puid = '', basis = 'signature' } = finding;
  const format = signatures.formats.get(puid) ?? newerFormats.get(puid);
  const kind = finding.kind ?? kinds[puid];
  return {
    ...(puid ? { puid } : {}),
    name: finding.name ?? format?.name ?? '',
    ...(format?.version === undefined ? {} : { version: format.version }),
    mimeType:
      finding.mimeType ?? mediaTypes[puid] ?? format?.mimeType?.split(',')[0]?.trim() ?? 'application/octet-stream',
    basis,
    ...(kind ? { kind } : {}),
    signatures: signatures.versions,
  };
}
