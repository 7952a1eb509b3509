import type { ByteReader } from '../../base/index.ts';
import { cmsFormat } from './cms-formats.ts';
import { compoundFormat } from './compound-formats.ts';
import { type FileWindows, readWindows } from './file-windows.ts';
import type { FormatFinding, FormatIdentification } from './format-identification.ts';
import { formats } from './format-table.ts';
import { pdfFormat } from './pdf-formats.ts';
import { byteSignatures } from './signature-table.ts';
import { textFormat } from './text-formats.ts';
import { zipFormat } from './zip-formats.ts';

/**
 * Identifies a file from its content: its first and last 512 KiB, the directory and small members of a container. The
 * name counts only when the content says nothing.
 * @returns best first; empty when nothing is known of it
 * @throws what `reader` throws; content never makes it throw
 */
export async function identifyFormat(reader: ByteReader, name: string): Promise<FormatIdentification[]> {
  const windows = await readWindows(reader);
  const found = await byContent(windows);
  return found ? [completed(found)] : byExtension(name);
}

async function byContent(windows: FileWindows): Promise<FormatFinding | undefined> {
  // A signature may hold a whole PDF: what stands at the first byte comes before a header somewhere behind it.
  const cms = cmsFormat(windows);
  if (cms) return cms;
  const pdf = pdfFormat(windows);
  if (pdf) return { puid: pdf };
  return (await zipFormat(windows)) ?? (await compoundFormat(windows)) ?? bySignature(windows) ?? textFormat(windows);
}

function bySignature({ head, tail }: FileWindows): FormatFinding | undefined {
  return byteSignatures.find(
    ({ start, within }) => start.test(head) && (within === undefined || within.test(head) || within.test(tail)),
  );
}

function byExtension(name: string): FormatIdentification[] {
  const extension = /\.([^./\\]{1,16})$/.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return [];
  return [...formats.values()]
    .filter((format) => format.extensions.includes(extension))
    .slice(0, 1)
    .map(({ puid }) => completed({ puid, basis: 'extension' }));
}

function completed({ puid, name, mimeType, basis = 'signature', kind }: FormatFinding): FormatIdentification {
  const format = puid === undefined ? undefined : formats.get(puid);
  return {
    ...(puid === undefined ? {} : { puid }),
    name: name ?? format?.name ?? '',
    ...(format?.version === undefined ? {} : { version: format.version }),
    mimeType: mimeType ?? format?.mimeType ?? 'application/octet-stream',
    basis,
    ...(kind === undefined ? {} : { kind }),
  };
}
