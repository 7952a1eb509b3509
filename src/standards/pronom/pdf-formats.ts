// biome-ignore-all lint/suspicious/noControlCharactersInRegex: byte signatures are made of them
import type { FileWindows } from './file-windows.ts';

const plain: Readonly<Record<string, string>> = {
  '1.0': 'fmt/14',
  '1.1': 'fmt/15',
  '1.2': 'fmt/16',
  '1.3': 'fmt/17',
  '1.4': 'fmt/18',
  '1.5': 'fmt/19',
  '1.6': 'fmt/20',
  '1.7': 'fmt/276',
  '2.0': 'fmt/1129',
};

const archival: Readonly<Record<string, string>> = {
  '1A': 'fmt/95',
  '1B': 'fmt/354',
  '2A': 'fmt/476',
  '2B': 'fmt/477',
  '2U': 'fmt/478',
  '3A': 'fmt/479',
  '3B': 'fmt/480',
  '3U': 'fmt/481',
  '4': 'fmt/1910',
  '4E': 'fmt/1911',
  '4F': 'fmt/1912',
};

/**
 * PDF by its header (ISO 32000-2 7.5.2; within the first 1024 bytes as readers accept it), and the PDF/A part and level
 * that its XMP claims (ISO 19005-1 6.7.11). A claim, not a proof of conformance.
 */
export function pdfFormat(windows: FileWindows): string | undefined {
  const version = /%PDF-(\d\.\d)/.exec(windows.headBytes.toString('latin1', 0, 1024))?.[1];
  if (version === undefined) return undefined;
  const claim = claimOf(windows.head) ?? claimOf(windows.tail);
  return (claim && archival[claim]) ?? plain[version];
}

function claimOf(text: string): string | undefined {
  const part = /pdfaid:part(?:>|=["'])\s?([1-4])\s?["'<]/.exec(text)?.[1];
  if (part === undefined) return undefined;
  const level = /pdfaid:conformance(?:>|=["'])\s?([ABUEFabuef])\s?["'<]/.exec(text)?.[1]?.toUpperCase() ?? '';
  return archival[part + level] ? part + level : part;
}
