import type { ReportBagFault } from './bag-findings.ts';
import { linesOf } from './tag-text.ts';

/** A manifest: the files it lists, by the path written in it, with their checksums in lower-case hex. */
export interface BagManifest {
  readonly name: string;
  readonly kind: 'payload' | 'tag';
  /** As node:crypto calls it; undefined when nobody here can compute it. */
  readonly algorithm: string | undefined;
  readonly checksums: ReadonlyMap<string, string>;
}

/** Names of RFC 8493 2.4 and their like, with the names of node:crypto and the length of their checksums in hex. */
const algorithms: Readonly<Record<string, readonly [name: string, length: number]>> = {
  md5: ['md5', 32],
  sha1: ['sha1', 40],
  sha224: ['sha224', 56],
  sha256: ['sha256', 64],
  sha384: ['sha384', 96],
  sha512: ['sha512', 128],
  sha3224: ['sha3-224', 56],
  sha3256: ['sha3-256', 64],
  sha3384: ['sha3-384', 96],
  sha3512: ['sha3-512', 128],
};

/** Whether a file of the root folder is a manifest, and of what kind and algorithm. */
export function manifestNamed(
  path: string,
): { readonly kind: BagManifest['kind']; readonly algorithm: string } | undefined {
  const match = /^(tag)?manifest-([^/]{1,40})\.txt$/.exec(path);
  if (!match?.[2]) return undefined;
  return { kind: match[1] ? 'tag' : 'payload', algorithm: match[2].toLowerCase().replace(/[^a-z0-9]/g, '') };
}

/**
 * Reads a manifest (RFC 8493 2.1.3, 2.2.1): a checksum, white space and a path a line. Lines that mean harm or nothing
 * are reported and left out.
 * @param exists whether the bag has a file of this path: names from before 1.0 may have a `%` that encodes nothing
 */
export function readManifest(
  name: string,
  text: string,
  { isStrict, exists }: { readonly isStrict: boolean; readonly exists: (path: string) => boolean },
  report: ReportBagFault,
): BagManifest {
  const named = manifestNamed(name);
  if (!named) throw new Error(`${name} is not the name of a manifest`);
  const { kind } = named;
  const section = kind === 'payload' ? 'BAGIT-2.1.3' : 'BAGIT-2.2.1';
  const [algorithm, length] = algorithms[named.algorithm] ?? [];
  if (algorithm === undefined)
    report('BAGIT-2.4', 'MUST', name, `“${named.algorithm}” is no checksum algorithm that can be computed.`);
  const checksums = new Map<string, string>();
  for (const line of linesOf(text)) {
    if (line.trim() === '') continue;
    const { checksum, written } = partsOf(line);
    if (!/^[0-9a-f]+$/.test(checksum) || written === '' || (length !== undefined && checksum.length !== length)) {
      report(section, 'MUST', name, `The line “${line}” is not a checksum and a path.`);
      continue;
    }
    if (written.startsWith('*'))
      report('BAGIT-6.1.3', 'SHOULD', name, `“${written}” has the asterisk of a checksum tool before it.`);
    const path = bagPath(written.replace(/^\*/, ''), exists, name, report);
    if (path === undefined) continue;
    const earlier = checksums.get(path);
    if (earlier !== undefined)
      report(section, isStrict || earlier !== checksum ? 'MUST' : 'SHOULD', name, `“${path}” is listed twice.`);
    if (path.startsWith('data/') !== (kind === 'payload'))
      report(section, kind === 'payload' ? 'MUST' : 'SHOULD', name, `“${path}” is of the other kind of manifest.`);
    checksums.set(path, checksum);
  }
  return { name, kind, algorithm, checksums };
}

/** White space parts the checksum from the path; a loop, since the path may have white space of its own. */
function partsOf(line: string): { checksum: string; written: string } {
  const at = line.search(/[ \t]/);
  if (at < 0) return { checksum: line.toLowerCase(), written: '' };
  return { checksum: line.slice(0, at).toLowerCase(), written: line.slice(at).trimStart() };
}

/**
 * The path in the bag that a manifest or `fetch.txt` names, or undefined when it leads elsewhere (RFC 8493 5.1). Only
 * CR, LF and the percent sign itself are encoded (2.1.3).
 */
export function bagPath(
  written: string,
  exists: (path: string) => boolean,
  place: string,
  report: ReportBagFault,
): string | undefined {
  const decoded = written.replace(/%(0a|0d|25)/gi, (code) => decodeURIComponent(code));
  const plain = exists(written) ? written : decoded;
  const path = plain.replace(/^(\.\/)+/, '');
  const segments = path.split('/');
  if (path === '' || /^[/~]|^[a-z]:|\\/i.test(path) || segments.includes('..') || segments.includes('')) {
    report('BAGIT-5.1', 'MUST', place, `“${written}” leads out of the bag, or would somewhere.`);
    return undefined;
  }
  if (path !== plain) report('BAGIT-2.1.3', 'SHOULD', place, `“${written}” begins with “./”.`);
  return path;
}
