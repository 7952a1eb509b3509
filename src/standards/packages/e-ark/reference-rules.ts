import { createHash } from 'node:crypto';
import { chunksOf, FormatError, readWhole } from '../../../base/index.ts';
import type { PackageReader } from '../package-reader.ts';
import { attributeOf, childrenAt, elementsAt, type Placed } from './element-path.ts';
import type { Judgement, MetsSource } from './mets-source.ts';
import type { ReferenceRule } from './rule-tables.ts';

/** Names of METS checksum types that node:crypto computes. */
const computed: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** The digests of a package's files by algorithm: what one METS document asked for, the next need not read again. */
export type KnownDigests = Map<string, Map<string, string>>;

/** What the checks of one METS document share. */
interface Context {
  readonly mets: MetsSource;
  readonly judgement: Judgement;
  readonly reader: PackageReader;
  readonly known: KnownDigests;
}

/**
 * Compares all that a METS document says of files with the files: they are there, with their sizes and checksums
 * (CSIP24 to CSIP29 and their like of other sections, CSIP69, CSIP71, CSIP79, CSIP110).
 * @returns the paths of the files it refers to, as they are written in it
 */
export async function checkReferences(
  mets: MetsSource,
  judgement: Judgement,
  reader: PackageReader,
  known: KnownDigests,
): Promise<Set<string>> {
  const named = new Set<string>();
  for (const rule of judgement.rules.references)
    for (const element of elementsAt(mets.root, rule.at)) {
      const locators = rule.locator ? childrenAt(element, rule.locator) : [element];
      for (const locator of locators)
        await checkReference(element, locator, rule, { mets, judgement, reader, known }, named);
    }
  return named;
}

async function checkReference(
  element: Placed,
  locator: Placed,
  rule: ReferenceRule,
  context: Context,
  named: Set<string>,
): Promise<void> {
  const { mets, judgement } = context;
  const href = attributeOf(locator.node, 'xlink:href')?.trim();
  if (href === undefined || /^(?!file:)[A-Za-z][A-Za-z0-9+.-]*:/.test(href)) return; // elsewhere: nothing is fetched
  const place = `${mets.path}#${element.place}`;
  const path = href === '' ? mets.path : pathOf(href, mets.folder);
  if (path === undefined) return judgement.report(rule.href, place, `The address “${href}” leads out of the package.`);
  named.add(path);
  const file = judgement.files.find(path);
  if (file === undefined) return judgement.report(rule.href, place, `The file “${href}” is not in the package.`);
  if (file !== path) {
    named.add(file);
    judgement.report('NAME-CASE', file, `METS calls this file “${path}”.`);
  }
  await checkFixity(element, file, rule, place, context);
}

/** Size and checksum; a file that differs in its line endings only is told apart, since its statement was right once. */
async function checkFixity(
  { node }: Placed,
  file: string,
  rule: ReferenceRule,
  place: string,
  context: Context,
): Promise<void> {
  const { report, files } = context.judgement;
  const size = node.attributes.get('SIZE')?.trim() ?? '';
  const checksum = node.attributes.get('CHECKSUM')?.trim().toLowerCase();
  const algorithm = rule.checksum && computed[node.attributes.get('CHECKSUMTYPE')?.trim() ?? ''];
  const foundSize = files.sizes.get(file) ?? 0;
  const wrongSize = rule.size !== undefined && /^\d{1,19}$/.test(size) && Number(size) !== foundSize;
  try {
    const found = checksum && algorithm ? await digestOfFile(file, algorithm, context) : undefined;
    const wrongChecksum = found !== undefined && found !== checksum;
    const before =
      wrongChecksum && algorithm ? await withOtherLineEnds(file, algorithm, checksum ?? '', context) : undefined;
    if (before !== undefined)
      report('LINE-ENDINGS', file, 'The line endings of this file were changed after it was packed; nothing else was.');
    if (rule.size && wrongSize && before !== Number(size))
      report(rule.size, place, `The file “${file}” has ${foundSize} bytes, not ${size}.`);
    if (rule.checksum && wrongChecksum && before === undefined)
      report(rule.checksum, place, `The ${algorithm} checksum of “${file}” is ${found}, not ${checksum}.`);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    report(rule.checksum ?? rule.href, place, `The file “${file}” cannot be read: ${error.message}.`);
  }
}

async function digestOfFile(file: string, algorithm: string, { reader, known }: Context): Promise<string> {
  const digests = known.get(file) ?? new Map<string, string>();
  known.set(file, digests);
  const before = digests.get(algorithm) ?? reader.digests?.(file)?.get(algorithm);
  if (before !== undefined) return before;
  const hash = createHash(algorithm);
  const chunks = reader.chunks?.(file) ?? chunksOf(await reader.open(file));
  for await (const chunk of chunks) hash.update(chunk);
  const digest = hash.digest('hex');
  digests.set(algorithm, digest);
  return digest;
}

const largestText = 16 << 20;

/** The size that the file has with CR LF for LF, or LF for CR LF, if it has the stated checksum then. */
async function withOtherLineEnds(
  file: string,
  algorithm: string,
  checksum: string,
  { reader, judgement }: Context,
): Promise<number | undefined> {
  if ((judgement.files.sizes.get(file) ?? 0) > largestText) return undefined;
  const text = Buffer.from(await readWhole(await reader.open(file), largestText)).toString('latin1');
  const unix = text.replaceAll('\r\n', '\n');
  for (const form of [unix, unix.replaceAll('\n', '\r\n')]) {
    const bytes = Buffer.from(form, 'latin1');
    if (createHash(algorithm).update(bytes).digest('hex') === checksum) return bytes.length;
  }
  return undefined;
}

/** The path from the package's root that a relative address means, or undefined when it leaves the package. */
export function pathOf(href: string, folder: string): string | undefined {
  const bare = href.replace(/^file:(\/\/\/?)?/, '').replace(/#.*$/, '');
  const segments: string[] = [];
  for (const part of `${folder}${decoded(bare)}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') segments.push(part);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that encodes nothing stands for itself
  }
}
