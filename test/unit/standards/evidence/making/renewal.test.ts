import { expect } from 'chai';
import fc from 'fast-check';
import { bytesReader } from '../../../../../src/base/index.ts';
import {
  type ArchiveTimestampParts,
  type ChainParts,
  evidenceRecord,
  examineEvidenceRecord,
} from '../../../../../src/standards/evidence/index.ts';
import { type ValidationReport, validateDocument } from '../../../../../src/standards/signatures/index.ts';
import { enrichNewest, evidenceBatch, recordOf } from '../../../../support/evidence-batch.ts';
import { enrichment, type StepKind, yearlySteps } from '../../../../support/renewed-evidence.ts';
import { daysFrom } from '../../../../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

const year = 365;
const objects = ['prvi', 'drugi', 'treći'].map((text) => Buffer.from(text));
const [object] = objects as [Buffer];

describe('evidence renewed for years', () => {
  const renews: StepKind[] = ['sha256', 'time-stamp', 'sha384', 'time-stamp', 'time-stamp', 'sha512'];
  const at = (step: number) => 0.9 * year * step;
  let pki: ToyPki;
  let chains: ChainParts[];

  /** The record of the first object, with what was known the day after in its newest token. */
  async function made(kinds: readonly StepKind[]): Promise<ChainParts[]> {
    const batch = await evidenceBatch(
      objects.map((one) => [one]),
      await yearlySteps(pki, kinds),
    );
    const newest = daysFrom(pki.at, at(kinds.length - 1) + 1);
    const [first = []] = await enrichNewest(batch, enrichment(pki, newest));
    return first;
  }

  before(async () => {
    pki = await toyPki();
    chains = await made(renews);
  });

  /** Nothing is given but the record, the object and the anchor. */
  const report = (record: Uint8Array, days = at(5) + 3, over: Uint8Array = object): Promise<ValidationReport> =>
    validateDocument({
      document: bytesReader(record),
      name: 'a.ers',
      contents: [{ name: 'a.txt', reader: bytesReader(over) }],
      anchors: pki.anchors,
      validationTime: daysFrom(pki.at, days),
      examineEvidenceRecord,
    });

  async function verdict(record: Uint8Array, days?: number, over?: Uint8Array): Promise<string> {
    const { indication, subIndication } = (await report(record, days, over)).evidenceRecords[0] ?? {};
    return [indication, subIndication].filter(Boolean).join('/');
  }

  /**
   * Whether the record is refused, and says for what: its object is another, or one of its time-stamps is over something
   * else. The verdict on the whole may be INDETERMINATE, since what came before the broken one is proven by nothing.
   */
  async function isRefusedForItsHashes(record: Uint8Array): Promise<boolean> {
    const [evidence] = (await report(record)).evidenceRecords;
    const said = [evidence, ...(evidence?.timestamps ?? [])].map((one) => one?.subIndication);
    return evidence?.indication !== 'PASSED' && (said.includes('HASH_FAILURE') || said[0] === 'FORMAT_FAILURE');
  }

  it('passes by what lies in it alone, every authority but the last having lapsed', async () => {
    const { evidenceRecords } = await report(evidenceRecord({ chains }));
    expect(evidenceRecords[0]?.indication, evidenceRecords[0]?.reason).to.equal('PASSED');
    expect(evidenceRecords[0]?.timestamps).to.have.length(6);
    const alone = evidenceRecords[0]?.timestamps.map(({ indication }) => indication);
    expect(alone?.slice(0, 4)).to.deep.equal(Array(4).fill('INDETERMINATE')); // the fifth lapses after the sixth was made
  });

  it('does not pass where material was not put in before a renewal', async () => {
    const steps = (await yearlySteps(pki, renews)).map(({ enrich: _, ...step }) => step);
    const batch = await evidenceBatch([[object]], steps);
    const enriched = await enrichNewest(batch, enrichment(pki, daysFrom(pki.at, at(5) + 1)));
    expect(await verdict(recordOf(enriched))).to.match(/^INDETERMINATE/);
  });

  it('does not pass when the newest time-stamp has lapsed', async () => {
    expect(await verdict(evidenceRecord({ chains }), at(5) + 2 * year)).to.match(/^INDETERMINATE/);
  });

  it('fails over a changed object', async () => {
    expect(await verdict(evidenceRecord({ chains }), undefined, Buffer.from('prvj'))).to.equal('FAILED/HASH_FAILURE');
  });

  it('is refused without one of its chains, or one of its time-stamps', async () => {
    for (let index = 0; index < chains.length - 1; index++) {
      const cut = evidenceRecord({ chains: chains.filter((_, number) => number !== index) });
      expect(await isRefusedForItsHashes(cut), `chain ${index}`).to.equal(true);
    }
    for (const [index, chain] of chains.slice(0, -1).entries())
      for (let stamp = 0; stamp < chain.length; stamp++) {
        const left = chain.filter((_, number) => number !== stamp);
        if (left.length === 0) continue;
        const cut = evidenceRecord({ chains: chains.map((one, number) => (number === index ? left : one)) });
        expect(await isRefusedForItsHashes(cut), `time-stamp ${stamp} of chain ${index}`).to.equal(true);
      }
  });

  it('is refused with a time-stamp of another record', async () => {
    const others = await made(renews);
    for (const [index, chain] of chains.entries())
      for (let stamp = 0; stamp < chain.length; stamp++) {
        const swapped = chain.map((one, number) => (number === stamp ? (others[index]?.[stamp] ?? one) : one));
        const record = evidenceRecord({ chains: chains.map((one, number) => (number === index ? swapped : one)) });
        expect(await isRefusedForItsHashes(record), `time-stamp ${stamp} of chain ${index}`).to.equal(true);
      }
  });

  it('is refused with any bit of its trees, or of a time-stamp before the newest, flipped', async () => {
    const record = Buffer.from(evidenceRecord({ chains }));
    const parts = chains.flat();
    const protectedOctets = [
      ...parts.flatMap(({ reducedHashTree }: ArchiveTimestampParts) => reducedHashTree.flat()),
      ...parts.slice(0, -1).map(({ token }) => token),
    ];
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.nat(7), async (which, where, bit) => {
        const octets = protectedOctets[which % protectedOctets.length] as Uint8Array;
        const start = record.indexOf(octets);
        expect(start).to.be.greaterThan(0);
        const flipped = Buffer.from(record);
        const place = start + (where % octets.length);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << bit);
        expect(await isRefusedForItsHashes(flipped)).to.equal(true);
      }),
      { numRuns: Number(process.env.NUM_RUNS ?? 60) },
    );
  });
});
