// biome-ignore-all lint/suspicious/noControlCharactersInRegex: byte signatures are made of them
import { compoundFileNames, isCompoundFile } from './compound-file.ts';
import type { FileWindows } from './file-windows.ts';
import type { FormatFinding } from './format-identification.ts';

/** Old Office documents, messages and encrypted new ones, by the streams of their compound file. */
export async function compoundFormat({ reader, head, tail }: FileWindows): Promise<FormatFinding | undefined> {
  if (!isCompoundFile(head)) return undefined;
  const listed = await compoundFileNames(reader);
  const names = listed.size > 0 ? listed : mentionedNames(head + tail);
  const mentions = (pattern: RegExp) => pattern.test(head) || pattern.test(tail);
  const puid = () => {
    if (names.has('EncryptedPackage')) return 'fmt/494';
    if (names.has('__properties_version1.0') && names.has('__nameid_version1.0')) return 'x-fmt/430';
    if (names.has('WordDocument'))
      return mentions(/Word\.Document\.[67]\x00|Microsoft Word (6\.0|for Windows 95)/) ? 'fmt/39' : 'fmt/40';
    if (names.has('Workbook')) return 'fmt/61';
    if (names.has('Book')) return mentions(/\x09\x08[\s\S]{2}\x00\x06\x05\x00/) ? 'fmt/61' : 'fmt/59';
    if (names.has('PowerPoint Document')) return 'fmt/126';
    return 'fmt/111';
  };
  const found = puid();
  return {
    puid: found,
    basis: found === 'fmt/111' ? 'signature' : 'container',
    ...(found === 'fmt/494' ? { kind: 'office-encrypted' as const } : {}),
  };
}

/** Stream names that stand in a file whose directory cannot be read. */
function mentionedNames(text: string): Set<string> {
  const known = [
    'EncryptedPackage',
    '__properties_version1.0',
    '__nameid_version1.0',
    'WordDocument',
    'PowerPoint Document',
  ];
  const found = known.filter((name) => text.includes([...name].map((letter) => `${letter}\0`).join('')));
  return new Set(text.includes('IPM.Note') ? [...found, '__properties_version1.0', '__nameid_version1.0'] : found);
}
