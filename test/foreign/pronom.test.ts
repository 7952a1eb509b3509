/**
 * Formats of real files and of PRONOM's skeletons, by Siegfried (pygfried, in the environment that run.sh makes, or the
 * interpreter named in TRAJNO_SIEGFRIED) and by us. Siegfried brings signatures of a later release (V125) than the newest
 * signature files that we have (V118). opf-fido brings the files that ours are compiled from. Run with `npm run test:foreign`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { fileReader } from '../../src/archive/archival-storage/index.ts';
import {
  combineSignatureFiles,
  type FormatIdentification,
  identifyFormat,
  signatureDataText,
} from '../../src/standards/pronom/index.ts';
import { newerFormatSignatures } from '../support/format-signatures.ts';

const python = process.env.TRAJNO_SIEGFRIED;
const corpus = join(import.meta.dirname, '../../../shared/corpus');

interface Match {
  readonly puid: string;
  readonly basis: string;
  readonly warning: string;
}

function bySiegfried(files: readonly string[]): Record<string, Match[]> {
  const { stdout, status, stderr } = spawnSync(String(python), [join(import.meta.dirname, 'siegfried.py')], {
    input: files.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout).files;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile() && statSync(file).size > 0);
}

/** What both are asked about, and what each says. */
interface Answers {
  readonly file: string;
  readonly ours: readonly FormatIdentification[];
  readonly theirs: readonly Match[];
}

/** Why two answers differ; the first that holds explains. Whatever none explains is a defect. */
const explanations: readonly { readonly why: string; holds(answers: Answers): boolean }[] = [
  {
    why: 'Siegfried says what the extension could mean and nothing else; we read text, XML, JSON and evidence records',
    holds: ({ theirs }) =>
      theirs.every(({ puid, warning }) => puid === 'UNKNOWN' || /match on (text|extension) only/.test(warning)),
  },
  {
    why: 'a signature container without media type (EN 319 162-1 allows it) is a ZIP to PRONOM; we look for its signatures',
    holds: ({ ours, theirs }) => ours[0]?.kind === 'asic' && theirs[0]?.puid === 'x-fmt/263',
  },
];

/**
 * Skeletons that differ: those of Office and other containers that are none (Siegfried leaves out the byte signatures of
 * formats that have container signatures, we match all), and those that releases after V118 claim for another format.
 */
const knownToDiffer = 25;

async function answersOf(files: readonly string[]): Promise<Answers[]> {
  const signatures = newerFormatSignatures();
  if (!signatures) throw new Error('the signature files of the corpus are missing');
  const theirs = bySiegfried(files);
  const answers: Answers[] = [];
  for (const file of files) {
    const ours = await identifyFormat(signatures, await fileReader(file), basename(file));
    answers.push({ file, ours, theirs: theirs[file] ?? [] });
  }
  return answers;
}

/** Where the environment has a package of Python. */
function pythonPackage(name: string): string {
  const program = `import importlib.util; print(importlib.util.find_spec(${JSON.stringify(name)}).submodule_search_locations[0])`;
  const { stdout, status, stderr } = spawnSync(String(python), ['-c', program], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

const puids = (matches: readonly { puid?: string }[]) =>
  matches
    .map(({ puid }) => puid ?? '')
    .sort()
    .join(' ');
const differs = ({ ours, theirs }: Answers) => puids(ours) !== puids(theirs) && ours[0]?.puid !== puids(theirs);

describe('Siegfried and we', function () {
  this.timeout(300_000);
  before(function () {
    if (python && existsSync(corpus)) return;
    if (process.env.TRAJNO_CI === 'true') throw new Error('Siegfried and the corpus have to be there');
    this.skip();
  });

  it('start from the files of the registry package: what is shipped is what compiling them gives, to the byte', () => {
    const folder = join(pythonPackage('fido'), 'conf');
    const files = ['DROID_SignatureFile-v109.xml', 'container-signature-20200121.xml'];
    const compiled = signatureDataText(combineSignatureFiles(files.map((file) => readFileSync(join(folder, file)))));
    const shipped = join(import.meta.dirname, '../../representation-information/pronom/signatures.json');
    expect(readFileSync(shipped, 'utf8') === compiled).to.equal(true);
  });

  it('say the same of documents, signatures and packages, or the table explains why not', async () => {
    const answers = await answersOf([...filesBelow(join(corpus, 'signatures')), ...filesBelow(join(corpus, 'eark'))]);
    const counts = new Map<string, number>();
    const unexplained: string[] = [];
    for (const answer of answers.filter(differs)) {
      const why = explanations.find(({ holds }) => holds(answer))?.why;
      if (why) counts.set(why, (counts.get(why) ?? 0) + 1);
      else unexplained.push(`${answer.file}: ours ${puids(answer.ours)}, theirs ${puids(answer.theirs)}`);
    }
    console.log(`      ${answers.length} files`);
    for (const [why, count] of counts) console.log(`      ${count} differ: ${why}`);
    expect(answers.length).to.be.greaterThan(2500);
    expect(unexplained).to.deep.equal([]);
  });

  it('say the same of PRONOM’s skeletons, but for containers that are none and what later releases changed', async () => {
    const answers = await answersOf(filesBelow(join(corpus, 'pronom/skeletons')));
    const exact = (matches: readonly { puid?: string }[], file: string) =>
      puids(matches) === basename(file).replace(/^(x-)?fmt-(\d+)-.*$/, '$1fmt/$2');
    const wrong = answers.filter(({ file, ours }) => !exact(ours, file));
    const theirsWrong = answers.filter(({ file, theirs }) => !exact(theirs, file));
    const share = (count: number) => `${((1 - count / answers.length) * 100).toFixed(1)} %`;
    console.log(`      exact: ours ${share(wrong.length)}, theirs ${share(theirsWrong.length)} of ${answers.length}`);
    const differing = answers
      .filter(differs)
      .map(({ file, ours, theirs }) => `${basename(file)}: ${puids(ours)} | ${puids(theirs)}`);
    for (const line of differing) console.log(`      ${line}`);
    expect(wrong.length).to.be.at.most(theirsWrong.length);
    expect(differing.length).to.be.at.most(knownToDiffer);
  });
});
