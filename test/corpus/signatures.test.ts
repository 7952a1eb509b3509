import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { bytesReader } from '../../src/base/index.ts';
import { examineEvidenceRecord } from '../../src/standards/evidence/index.ts';
import {
  type DetachedContent,
  type SignatureReport,
  type ValidationReport,
  validateDocument,
} from '../../src/standards/signatures/index.ts';
import evidenceDifferences from './evidence-differences.json' with { type: 'json' };
import formatDifferences from './format-differences.json' with { type: 'json' };
import differences from './signature-differences.json' with { type: 'json' };

const folder = new URL('../../../shared/corpus/signatures/', import.meta.url);
const available = existsSync(folder);

interface Expected {
  readonly sigValueSha256?: string;
  readonly format: string;
  readonly indication: string;
  readonly subIndication?: string;
}

interface Detached {
  readonly file?: string;
  readonly name?: string;
  readonly digestAlg?: string;
  readonly digest?: string;
  readonly moreDigests?: readonly { readonly digestAlg: string; readonly digest: string }[];
}

interface Case {
  readonly case: string;
  readonly file: string;
  readonly validator: string;
  readonly detached?: readonly Detached[];
  readonly detachedEvidenceRecords?: readonly Detached[];
  readonly signatures: readonly Expected[];
  readonly evidenceRecords?: readonly EvidenceExpected[];
}

interface EvidenceExpected {
  readonly type: string;
  readonly indication: string;
  readonly subIndication?: string;
}

interface Pair {
  readonly file: string;
  readonly there: Expected;
  readonly here: SignatureReport | undefined;
}

const bytes = (path: string) => readFileSync(new URL(path, folder));
const validationTime = new Date('2026-11-24T12:00:00Z');

function contentOf({ file, name, digestAlg, digest, moreDigests = [] }: Detached): DetachedContent {
  if (file) return { name: name ?? file.slice(file.lastIndexOf('/') + 1), reader: bytesReader(bytes(file)) };
  const digests = [{ digestAlg: digestAlg ?? '', digest: digest ?? '' }, ...moreDigests].map((known) => ({
    algorithm: known.digestAlg.toLowerCase(),
    value: Buffer.from(known.digest, 'base64').toString('hex'),
  }));
  return { ...(name ? { name } : {}), digests };
}

function validated(test: Case, anchors: readonly Uint8Array[]): Promise<ValidationReport> {
  const contents = [...(test.detached ?? []), ...(test.detachedEvidenceRecords ?? [])].map(contentOf);
  const document = bytesReader(bytes(test.file));
  return validateDocument({ document, name: test.file, contents, anchors, validationTime, examineEvidenceRecord });
}

async function pairsOf(test: Case, anchors: readonly Uint8Array[]): Promise<Pair[]> {
  const { signatures } = await validated(test, anchors);
  const left = [...signatures];
  return test.signatures.map((there) => {
    const at = left.findIndex(({ sigValueSha256 }) => sigValueSha256 === there.sigValueSha256);
    return { file: test.file, there, here: at < 0 ? undefined : left.splice(at, 1)[0] };
  });
}

const spelled = (text: string | undefined) => (text ?? '').replaceAll('-', '_');
const explainedFormats = new Set<string>(formatDifferences.map(({ file }) => file));
const explained = new Map<string, string>(differences.map(({ file, reason }) => [file, reason]));

const isSameVerdict = ({ there, here }: Pair) =>
  here !== undefined &&
  spelled(here.indication) === spelled(there.indication) &&
  (here.subIndication ?? '') === (there.subIndication ?? '');

function share(pairs: readonly Pair[], agrees: (pair: Pair) => boolean): number {
  return pairs.filter(agrees).length / pairs.length;
}

/** By what the cases are validated with there; floors are what was measured here, with a little room. */
const families = [
  {
    name: 'CAdES, PAdES and ASiC with CAdES',
    validators: /^(CMS|PDF|ASiCContainerWithCAdES)/,
    floors: { found: 1, indication: 0.98, verdict: 0.97 },
  },
  {
    name: 'XAdES, and ASiC with XAdES',
    validators: /^(XMLDocument|ASiCContainerWithXAdES)/,
    floors: { found: 1, indication: 0.99, verdict: 0.98 },
  },
  {
    name: 'JAdES',
    validators: /^JWS/,
    floors: { found: 1, indication: 1, verdict: 1 },
  },
] as const;

/** The verdicts of DSS 6.4 on its own test documents, pyHanko's and ERVerifyTool's. */
for (const { name, validators, floors } of families)
  describe(`signatures of the corpus, ${name}`, function () {
    this.timeout(180_000);
    const pairs: Pair[] = [];

    before(async function () {
      if (!available) this.skip();
      const anchors = readdirSync(new URL('trust/', folder)).map((file) => bytes(`trust/${file}`));
      const lines = bytes('expected.jsonl').toString('utf8').trim().split('\n');
      const cases = lines.map((line): Case => JSON.parse(line)).filter(({ validator }) => validators.test(validator));
      for (const test of cases) pairs.push(...(await pairsOf(test, anchors)));
    });

    it('never passes what DSS does not pass', () => {
      const wrongly = pairs.filter(
        ({ there, here }) => here?.indication === 'TOTAL_PASSED' && there.indication !== 'TOTAL_PASSED',
      );
      expect(wrongly.map(({ file }) => file)).to.deep.equal([]);
    });

    it('fails what DSS fails, and nothing else, but for differences that are explained', () => {
      const differing = pairs.filter(
        ({ file, there, here }) =>
          (here?.indication === 'TOTAL_FAILED') !== (there.indication === 'TOTAL_FAILED') && !explained.has(file),
      );
      expect(differing.map(({ file }) => file)).to.deep.equal([]);
    });

    it('agrees on every verdict, but for differences that are explained', () => {
      const differing = pairs.filter((pair) => !isSameVerdict(pair) && !explained.has(pair.file));
      expect(
        differing.map(({ file, there, here }) => `${file}: ${there.subIndication} there, ${here?.subIndication} here`),
      ).to.deep.equal([]);
    });

    it('names every format and level as DSS does, but for differences that are explained', () => {
      const differing = pairs.filter(({ there, here }) => here?.format !== there.format).map(({ file }) => file);
      const here = [...explainedFormats].filter((one) => pairs.some(({ file }) => file === one));
      expect([...new Set(differing)].sort()).to.deep.equal(here.sort());
    });

    it('still differs where a difference is explained', () => {
      const agreeing = [...explained.keys()].filter(
        (file) =>
          pairs.some((pair) => pair.file === file) && pairs.every((pair) => pair.file !== file || isSameVerdict(pair)),
      );
      expect(agreeing, 'take these out of signature-differences.json').to.deep.equal([]);
    });

    it('keeps the agreement that was reached', () => {
      expect(share(pairs, ({ here }) => here !== undefined)).to.be.at.least(floors.found);
      const agrees = ({ there, here }: Pair) => spelled(here?.indication) === spelled(there.indication);
      expect(share(pairs, agrees)).to.be.at.least(floors.indication);
      expect(share(pairs, isSameVerdict)).to.be.at.least(floors.verdict);
    });
  });

describe('evidence records of the corpus', function () {
  this.timeout(180_000);
  const pairs: {
    file: string;
    there: EvidenceExpected;
    here: ValidationReport['evidenceRecords'][number] | undefined;
  }[] = [];
  const others = new Map<string, string>(evidenceDifferences.map(({ file, reason }) => [file, reason]));

  before(async function () {
    if (!available) this.skip();
    const anchors = readdirSync(new URL('trust/', folder)).map((file) => bytes(`trust/${file}`));
    for (const line of bytes('expected.jsonl').toString('utf8').trim().split('\n')) {
      const test: Case = JSON.parse(line);
      const expected = test.evidenceRecords ?? [];
      if (expected.length === 0) continue;
      const { evidenceRecords } = await validated(test, anchors);
      pairs.push(...expected.map((there, index) => ({ file: test.file, there, here: evidenceRecords[index] })));
    }
  });

  it('are all found, as many as DSS finds, of the same kind', () => {
    expect(pairs.length).to.be.greaterThan(200);
    for (const { file, there, here } of pairs) expect(here?.type, file).to.equal(there.type);
  });

  it('never pass where DSS does not pass them', () => {
    const wrongly = pairs.filter(({ there, here }) => here?.indication === 'PASSED' && there.indication !== 'PASSED');
    expect(wrongly.map(({ file }) => file)).to.deep.equal([]);
  });

  it('have the verdicts of DSS, but for differences that are explained', () => {
    const agrees = ({ there, here }: (typeof pairs)[number]) =>
      here?.indication === there.indication && (here?.subIndication ?? '') === (there.subIndication ?? '');
    const differing = [...new Set(pairs.filter((pair) => !agrees(pair)).map(({ file }) => file))];
    expect(differing.sort()).to.deep.equal([...others.keys()].sort());
  });
});
