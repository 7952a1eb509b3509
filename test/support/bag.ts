import { createHash } from 'node:crypto';

/** What a bag is made of; one that breaks nothing when everything is left out. */
export interface BagOptions {
  readonly version?: string;
  readonly algorithms?: readonly string[];
  /** Below `data/`. */
  readonly payload?: Readonly<Record<string, string | Uint8Array>>;
  /** Lines of `bag-info.txt`. */
  readonly info?: readonly string[];
  /** Further tag files by path. */
  readonly tagFiles?: Readonly<Record<string, string | Uint8Array>>;
}

export const samplePayload = { 'одлука.txt': 'Одлука о усвајању\n', 'прилози/табела 1.csv': 'а;б\n1;2\n', prazno: '' };

/**
 * The files of a bag, by path from its root folder.
 * @param edit changes the tag files before the tag manifests are made, so that one fault is the only one
 */
export function bagFiles(
  { version = '1.0', algorithms = ['sha256'], payload = samplePayload, info, tagFiles = {} }: BagOptions = {},
  edit: (files: Map<string, Buffer>) => void = () => {},
): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const [path, content] of Object.entries(payload)) files.set(`data/${path}`, Buffer.from(content as string));
  const sizes = [...files.values()].map(({ length }) => length);
  const oxum = `${sizes.reduce((sum, size) => sum + size, 0)}.${sizes.length}`;
  const manifests = algorithms.map((algorithm): [string, string] => [algorithm, manifestOf(files, algorithm)]);
  files.set('bagit.txt', Buffer.from(`BagIt-Version: ${version}\nTag-File-Character-Encoding: UTF-8\n`));
  files.set('bag-info.txt', Buffer.from([...(info ?? []), `Payload-Oxum: ${oxum}`, ''].join('\n')));
  for (const [algorithm, text] of manifests) files.set(`manifest-${algorithm}.txt`, Buffer.from(text));
  for (const [path, content] of Object.entries(tagFiles)) files.set(path, Buffer.from(content as string));
  edit(files);
  const tags = new Map([...files].filter(([path]) => !path.startsWith('data/')));
  for (const [algorithm] of manifests)
    files.set(`tagmanifest-${algorithm}.txt`, Buffer.from(manifestOf(tags, algorithm)));
  return files;
}

/** The same files below a folder, as an archive has them. */
export function below(folder: string, files: ReadonlyMap<string, Uint8Array>): Record<string, Uint8Array> {
  return Object.fromEntries([...files].map(([path, bytes]) => [`${folder}/${path}`, bytes]));
}

function manifestOf(files: ReadonlyMap<string, Uint8Array>, algorithm: string): string {
  return [...files].map(([path, bytes]) => `${createHash(algorithm).update(bytes).digest('hex')}  ${path}\n`).join('');
}
