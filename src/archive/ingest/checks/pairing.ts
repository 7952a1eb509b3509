import { createHash } from 'node:crypto';
import { type ByteReader, chunksOf } from '../../../base/index.ts';
import type { DocumentKind } from '../../../standards/pronom/index.ts';

/** A file of a record, as far as pairing looks at it. */
export interface FileToPair {
  readonly path: string;
  readonly originalName: string;
  readonly sha256: string;
  readonly sha512: string;
  readonly reader: ByteReader;
  readonly format: { readonly kind?: DocumentKind };
}

/** A detached signature (or time-stamp, or evidence record) and the paths of what it covers. */
export interface Pairing {
  readonly signature: string;
  readonly signs: readonly string[];
  readonly basis: 'digest' | 'name';
}

/** Gives the digests of the content that a detached signature names; none when it names none or is something else. */
export type NamedDigests = (reader: ByteReader) => Promise<readonly { algorithm: string; value: string }[]>;

/** Kinds of document that say nothing without another one. */
const detachedKinds: readonly (DocumentKind | undefined)[] = ['cms-detached', 'timestamp', 'evidence-record'];
/** Kinds that are paired when their name says so. */
const signingKinds: readonly (DocumentKind | undefined)[] = [
  ...detachedKinds,
  'cms-signed',
  'xades-signature',
  'xml-signature',
  'jws',
];
/** Kinds that may be over files beside them, and then name digests of these. */
const namingKinds: readonly (DocumentKind | undefined)[] = [
  ...detachedKinds,
  'xades-signature',
  'xml-signature',
  'jws',
];
const signatureExtension = /\.(p7s|p7m|p7|sig|sign|asc|tst|tsr|ers|er|xades|xsig|xml|jws|json)$/i;
/** Extensions that a content file does not have; `.xml` and `.json` count only when the content is a signature. */
const alwaysSignature = /\.(p7s|p7m|p7|sig|sign|asc|tst|tsr|ers|er|xades|xsig|jws)$/i;

/**
 * Finds what the detached signatures of a record cover: by the digest they name, else by name (`a.pdf` with
 * `a.pdf.p7s`, `a.p7s`, `A.PDF.SIG`). A name pairs even when the digest differs: validation then shows the alteration.
 * @returns the pairs, and the paths of detached signatures that cover nothing here
 */
export async function pairSignatures(
  files: readonly FileToPair[],
  namedDigests: NamedDigests,
): Promise<{ pairs: Pairing[]; unmatched: string[] }> {
  const pairs: Pairing[] = [];
  const unmatched: string[] = [];
  const digestsOf = new Map<string, string>();
  const contents = files.filter((file) => !detachedKinds.includes(file.format.kind));
  for (const file of files) {
    if (!signingKinds.includes(file.format.kind)) continue;
    const others = (detachedKinds.includes(file.format.kind) ? contents : files).filter((other) => other !== file);
    const byDigest = namingKinds.includes(file.format.kind)
      ? await coveredByDigest(file, files, namedDigests, digestsOf)
      : [];
    const byName = byDigest.length > 0 ? [] : namedAfter(file.originalName, others, (other) => other.originalName);
    const signs = [...byDigest, ...byName].map((other) => other.path);
    if (signs.length > 0) pairs.push({ signature: file.path, signs, basis: byDigest.length > 0 ? 'digest' : 'name' });
    else if (detachedKinds.includes(file.format.kind)) unmatched.push(file.path);
  }
  return { pairs, unmatched };
}

/**
 * Groups files that are to become records of their own: each content file with the signatures named after it.
 * Only names are looked at. A signature without content becomes a group of its own.
 * @param nameOf a path with `/`; a signature lies in the folder of what it signs
 */
export function groupFiles<File>(files: readonly File[], nameOf: (file: File) => string): File[][] {
  const groups = new Map<File, File[]>();
  const signatures: File[] = [];
  for (const file of files) {
    if (alwaysSignature.test(nameOf(file))) signatures.push(file);
    else groups.set(file, [file]);
  }
  const index = indexByName([...groups.keys()], nameOf);
  for (const signature of signatures) {
    const [content] = candidates(nameOf(signature), index);
    const group = content && groups.get(content);
    if (group) group.push(signature);
    else groups.set(signature, [signature]);
  }
  return [...groups.values()];
}

async function coveredByDigest(
  signature: FileToPair,
  files: readonly FileToPair[],
  namedDigests: NamedDigests,
  known: Map<string, string>,
): Promise<FileToPair[]> {
  const named = await namedDigests(signature.reader);
  const covered: FileToPair[] = [];
  for (const { algorithm, value } of named.slice(0, 1000))
    for (const file of files)
      if (
        file !== signature &&
        !covered.includes(file) &&
        (await digestOfFile(file, algorithm, known)) === value.toLowerCase()
      )
        covered.push(file);
  return covered;
}

/** SHA-256 and SHA-512 are known; older algorithms are computed once, when a signature asks for them. */
async function digestOfFile(
  file: FileToPair,
  algorithm: string,
  known: Map<string, string>,
): Promise<string | undefined> {
  if (algorithm === 'sha256') return file.sha256;
  if (algorithm === 'sha512') return file.sha512;
  if (!['sha1', 'sha224', 'sha384', 'sha3-256', 'sha3-384', 'sha3-512', 'md5', 'ripemd160'].includes(algorithm))
    return undefined;
  const key = `${algorithm} ${file.path}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const hash = createHash(algorithm);
  for await (const chunk of chunksOf(file.reader)) hash.update(chunk);
  const value = hash.digest('hex');
  known.set(key, value);
  return value;
}

function namedAfter<File>(signature: string, files: readonly File[], nameOf: (file: File) => string): File[] {
  return candidates(signature, indexByName(files, nameOf));
}

interface NameIndex<File> {
  readonly byName: ReadonlyMap<string, readonly File[]>;
  readonly byStem: ReadonlyMap<string, readonly File[]>;
}

function indexByName<File>(files: readonly File[], nameOf: (file: File) => string): NameIndex<File> {
  const byName = new Map<string, File[]>();
  const byStem = new Map<string, File[]>();
  for (const file of files) {
    const name = folded(nameOf(file));
    append(byName, name, file);
    append(byStem, name.replace(/\.[^./]*$/, ''), file);
  }
  return { byName, byStem };
}

/** The file whose whole name the signature's name continues, else the one file that shares its stem. */
function candidates<File>(signature: string, { byName, byStem }: NameIndex<File>): File[] {
  const name = folded(signature);
  const base = name.replace(signatureExtension, '');
  if (base === name) return [];
  const exact = byName.get(base) ?? [];
  if (exact.length > 0) return exact.slice(0, 1);
  const sharing = byStem.get(base) ?? [];
  return sharing.length === 1 ? [...sharing] : [];
}

function append<File>(map: Map<string, File[]>, key: string, file: File): void {
  const list = map.get(key);
  if (list) list.push(file);
  else map.set(key, [file]);
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
