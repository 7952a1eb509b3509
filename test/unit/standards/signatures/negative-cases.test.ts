import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import { type SignatureReport, validateDocument } from '../../../../src/standards/signatures/index.ts';
import {
  days,
  lists,
  type NegativeCase,
  negativeCases,
  type Scene,
  withWrongValues,
} from '../../../support/negative-cases/index.ts';
import {
  type LevelParts,
  type SignedFormat,
  type SignedLevel,
  signedAtLevel,
  signedFormats,
  signedLevels,
} from '../../../support/signed-levels.ts';
import { daysFrom } from '../../../support/toy-certificates.ts';
import { toyPki } from '../../../support/toy-pki.ts';

const validationTime = new Date('2026-11-24T12:00:00Z');
const on = (day: number) => daysFrom(validationTime, day);
const noMaterial = { certificates: [], crls: [], ocspResponses: [] };

interface Prepared {
  readonly test: NegativeCase;
  readonly scene: Scene;
  /** What documents of level LT and LTA bring along, and what is handed in with all. */
  readonly collected: Partial<LevelParts['material']>;
  readonly handedIn: Partial<LevelParts['material']>;
}

/** Everything but the documents, which all formats and levels of a case have in common. */
async function prepared(test: NegativeCase): Promise<Prepared> {
  const { signer = {}, collected = withListsOf(days.collected), handedIn = withListsOf(0) } = test;
  const pki = await (test.world?.() ?? toyPki({ at: validationTime }));
  const scene = { pki, on, signer: typeof signer === 'function' ? await signer(pki, on) : await pki.signer(signer) };
  await test.revoked?.(scene);
  const before = await collected(scene);
  await test.revokedSince?.(scene);
  return { test, scene, collected: before, handedIn: await handedIn(scene) };
}

const withListsOf = (day: number) => (scene: Scene) => lists(scene, day);

/** Signs as the case has it, and gives the verdict. */
async function verdictOf(common: Prepared, format: SignedFormat, level: SignedLevel): Promise<string> {
  const { indication, subIndication } = await judged(common, format, level);
  return [indication, subIndication].filter(Boolean).join('/');
}

async function judged(
  { test, scene, collected, handedIn }: Prepared,
  format: SignedFormat,
  level: SignedLevel,
): Promise<SignatureReport> {
  const { pki } = scene;
  const { signingTime = days.signed, stamp, archive, contentStamp } = test;
  const { document, contents } = await signedAtLevel(format, level, {
    pki,
    signer: test.valueChanged ? withWrongValues(scene.signer) : scene.signer,
    signingTime: signingTime === 'absent' ? signingTime : on(signingTime),
    signatureTimestamp: pki.timestamps({ at: on(days.signed), ...(await stamp?.(scene)) }),
    archiveTimestamp: pki.timestamps({ at: on(days.archived), ...(await archive?.(scene)) }),
    ...(contentStamp ? { contentTimestamp: pki.timestamps(contentStamp(scene)) } : {}),
    material: { ...noMaterial, certificates: pki.anchors, ...collected },
    ...(test.contentChanged ? { contentChanged: true } : {}),
  });
  const { signatures, error } = await validateDocument({
    document: bytesReader(document),
    name: 'document',
    contents,
    anchors: (await test.anchors?.(pki)) ?? pki.anchors,
    validationTime,
    material: handedIn,
    ...(test.policy ? { policy: test.policy } : {}),
  });
  expect({ signatures: signatures.length, error }).to.deep.equal({ signatures: 1, error: undefined });
  return signatures[0] as SignatureReport;
}

const expectedAt = ({ expected }: NegativeCase, level: SignedLevel) =>
  typeof expected === 'string' ? expected : expected[level];

/**
 * The cases that the corpus has none of: each differs from a good signature in one thing, and its verdict follows from the
 * clause that it names.
 */
describe('verdicts on signatures of our own', function () {
  this.timeout(60_000);

  for (const [about, cases] of Object.entries(negativeCases))
    describe(about, () => {
      for (const test of cases) {
        const levels = signedLevels.filter((level) => expectedAt(test, level) !== undefined);
        let common: Promise<Prepared> | undefined;
        for (const format of test.formats ?? signedFormats)
          it(`${test.name}: ${format}, ${levels.join(', ')} (${test.clause})`, async () => {
            const verdicts: Record<string, string> = {};
            common ??= prepared(test);
            for (const level of levels) verdicts[level] = await verdictOf(await common, format, level);
            expect(verdicts).to.deep.equal(Object.fromEntries(levels.map((level) => [level, expectedAt(test, level)])));
          });
      }
    });

  for (const [fault, level, below] of [
    ['stamp', 'T', 'B'],
    ['archive', 'LTA', 'LT'],
  ] as const)
    it(`never pass by a time-stamp that does not hold, where they do not pass without: ${level}`, async () => {
      for (const [index, test] of Object.values(negativeCases).flat().entries()) {
        const formats = test.formats ?? signedFormats; // each in turn: all at once take a quarter of a minute
        const format = formats[index % formats.length] ?? 'CAdES';
        const broken = async (scene: Scene) => ({ ...(await test[fault]?.(scene)), fault: 'wrong-imprint' as const });
        const common = await prepared({ ...test, [fault]: broken });
        if ((await verdictOf(common, format, level)) === 'TOTAL_PASSED')
          expect(await verdictOf(common, format, below), test.name).to.equal('TOTAL_PASSED');
      }
    });

  for (const format of signedFormats)
    it(`have the level by what they carry, whatever was handed in: ${format}`, async () => {
      const common = await prepared({ name: 'good', clause: '', expected: '' });
      for (const level of signedLevels)
        expect((await judged(common, format, level)).format).to.equal(`${format}-BASELINE-${level}`);
    });

  it('are at least 950', () => {
    const count = Object.values(negativeCases)
      .flat()
      .flatMap((test) =>
        (test.formats ?? signedFormats).flatMap(() => signedLevels.filter((level) => expectedAt(test, level))),
      );
    expect(count.length).to.be.at.least(950);
  });
});
