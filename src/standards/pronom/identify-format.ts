import type { ByteReader } from '../../base/index.ts';
import { cmsFormat } from './cms-formats.ts';
import { completed } from './completed-finding.ts';
import { type FileWindows, readWindows } from './file-windows.ts';
import type { FormatFinding, FormatIdentification } from './format-identification.ts';
import type { FormatSignatures } from './format-signatures.ts';
import { formatsNamed, textsNamed } from './named-formats.ts';
import { newerFormats } from './newer-formats.ts';
import { pdfFormat } from './pdf-formats.ts';
import { type RegistryMatch, registryMatches } from './registry-matches.ts';
import { textFormat } from './text-formats.ts';
import { zipFormat } from './zip-formats.ts';

/** What a ZIP is called of which nothing more is known. */
const anyZip = 'x-fmt/263';

/**
 * Identifies a file from its content: the registry's signatures on its two ends and on members of a container, then what
 * is known of signed documents beyond them. The name counts only when the content says nothing.
 * @returns best first; several where they are equally good, so that only a lone match by signature or container is
 * certain; empty when nothing is known of it
 * @throws what `reader` throws; content never makes it throw
 */
export async function identifyFormat(
  signatures: FormatSignatures,
  reader: ByteReader,
  name: string,
): Promise<FormatIdentification[]> {
  if (reader.size === 0) return formatsNamed(signatures, name);
  const windows = await readWindows(reader);
  const registry = await registryMatches(signatures, windows, name);
  const finding = await structureOf(windows, registry);
  if (registry.length > 0 && !finding) return registry.map((match) => completed(signatures, match));
  if (!finding) return formatsNamed(signatures, name);
  const found = refined(signatures, registry, finding);
  return registry.length === 0 && isPlainText(finding) ? textsNamed(signatures, name, found) : found;
}

const isPlainText = ({ puid, kind }: FormatFinding) => puid === 'x-fmt/111' && kind === undefined;

/** What reading the document's own structure says; only where what the registry found leaves room for it. */
async function structureOf(
  windows: FileWindows,
  registry: readonly RegistryMatch[],
): Promise<FormatFinding | undefined> {
  const cms = cmsFormat(windows);
  if (cms) return { ...cms, conclusive: true };
  const pdf = pdfFormat(windows);
  if (pdf) return { puid: pdf };
  if (registry.some(({ opened }) => opened === 'ZIP')) return zipFormat(windows.reader);
  return registry.length === 0 || /^[\s\xEF\xBB\xBF]{0,16}[<{]/.test(windows.head.slice(0, 20))
    ? textFormat(windows)
    : undefined;
}

/** A finding refines what the registry's signatures say, and decides where they say several things or nothing. */
function refined(
  signatures: FormatSignatures,
  registry: readonly RegistryMatch[],
  finding: FormatFinding,
): FormatIdentification[] {
  const { puid, kind, mimeType } = finding;
  const own = completed(signatures, finding);
  if (registry.length === 0) return [own];
  const confirmed = registry.find((match) => match.puid === puid);
  if (confirmed) {
    const best = { ...own, basis: confirmed.basis };
    const others = finding.conclusive ? [] : registry.filter((match) => match !== confirmed);
    return [best, ...others.map((match) => completed(signatures, match))];
  }
  if (puid !== undefined && outranks(signatures, puid, registry)) return [own];
  const matches = registry.map((match) => completed(signatures, match));
  const [best, ...others] = matches.map((match) => ({
    ...match,
    ...(kind ? { kind } : {}),
    ...(kind && mimeType ? { mimeType } : {}),
  }));
  if (finding.conclusive && puid === undefined) return [own, ...matches];
  return best ? [best, ...others] : [own];
}

/**
 * Whether a format may stand in place of what the registry found, of which it is a special one: when the signatures in
 * use do not know it yet, or found nothing but a ZIP.
 */
function outranks(signatures: FormatSignatures, puid: string, registry: readonly RegistryMatch[]): boolean {
  const over = newerFormats.get(puid)?.over ?? [];
  if (registry.some((match) => !over.includes(match.puid))) return false;
  return !signatures.signed.has(puid) || registry.every((match) => match.puid === anyZip);
}
