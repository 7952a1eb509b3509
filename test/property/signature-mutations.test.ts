import { expect } from 'chai';
import fc from 'fast-check';
import { bytesReader } from '../../src/base/index.ts';
import { validateDocument } from '../../src/standards/signatures/index.ts';
import { sampleContent, signedCms } from '../support/signed-cms.ts';
import { compact, flattened, jwsParts, withSignatureTimestamp } from '../support/signed-jws.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { signedXml } from '../support/signed-xml.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261124);
const content = Buffer.from(sampleContent);
const numRuns = Number(process.env.NUM_RUNS ?? 150);
const longest = 5000;

interface Sample {
  readonly bytes: Buffer;
  /** Parts of the file that are signed: start and end. */
  readonly signed: readonly (readonly [number, number])[];
}

describe('mutants of signed documents', function () {
  this.timeout(120_000);
  let pki: ToyPki;
  let material: { crls: Uint8Array[] };
  const samples: Sample[] = [];

  before(async () => {
    pki = await toyPki();
    material = { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] };
    const timestamped = [{ timestamp: true }];
    for (const encoding of ['der', 'ber'] as const) {
      const bytes = Buffer.from(await signedCms({ pki, encoding, signatures: timestamped, crls: material.crls }));
      // In BER the content stands in chunks: the longest start of it that is found in one.
      const length = [...content.keys()].findLast((end) => end > 0 && bytes.includes(content.subarray(0, end))) ?? 0;
      const at = bytes.indexOf(content.subarray(0, length));
      expect(length).to.be.above(2);
      samples.push({ bytes, signed: [[at, at + length]] });
    }
    const pdf = Buffer.from(await signedPdf({ pki, signatures: timestamped }));
    const [, ...range] = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/.exec(pdf.toString('latin1')) ?? [];
    const [, firstLength = 0, secondStart = 0, secondLength = 0] = range.map(Number);
    samples.push({
      bytes: pdf,
      signed: [
        [0, firstLength],
        [secondStart, secondStart + secondLength],
      ],
    });
    // A comment is not signed: what is before it is.
    const xml = Buffer.from(await signedXml({ pki, timestamp: true }));
    samples.push({ bytes: xml, signed: [[xml.indexOf('<racun'), xml.indexOf('<!--')]] });
    const jws = await withSignatureTimestamp(await jwsParts({ pki }), pki.timestamps());
    samples.push({ bytes: Buffer.from(compact(jws)), signed: [[0, compact(jws).length]] });
    const json = Buffer.from(flattened(jws));
    const within = (part: string) => [json.indexOf(part), json.indexOf(part) + part.length] as const;
    samples.push({ bytes: json, signed: [within(jws.protected), within(jws.payload), within(jws.signature)] });
  });

  const validate = (bytes: Uint8Array) =>
    validateDocument({
      document: bytesReader(bytes),
      name: 'mutant',
      contents: [],
      anchors: pki.anchors,
      validationTime: pki.at,
      material,
    });

  it('start from documents that pass', async () => {
    for (const { bytes } of samples) {
      const { signatures } = await validate(bytes);
      expect(signatures.map(({ indication, reason }) => [indication, reason])).to.have.nested.property(
        '[0][0]',
        'TOTAL_PASSED',
      );
    }
  });

  it('never pass when a bit of what was signed is flipped', async () => {
    const places = fc.record({
      sample: fc.nat(5),
      place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      bit: fc.nat(7),
    });
    await fc.assert(
      fc.asyncProperty(places, async ({ sample, place, bit }) => {
        const { bytes, signed } = samples[sample] as Sample;
        const mutant = Buffer.from(bytes);
        const [start, end] = signed[bit % signed.length] as readonly [number, number];
        const at = start + Math.floor(place * (end - start));
        mutant[at] = (mutant[at] ?? 0) ^ (1 << bit);
        const { signatures } = await validate(mutant);
        expect(signatures.map(({ indication }) => indication)).not.to.include('TOTAL_PASSED');
      }),
      { seed, numRuns },
    );
  });

  it('are judged in time and without a crash, however they are cut, stretched and overwritten', async () => {
    const edits = fc.array(
      fc.record({
        kind: fc.constantFrom('flip', 'flip', 'flip', 'overwrite', 'overwrite', 'cut', 'repeat', 'truncate'),
        place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        length: fc.integer({ min: 1, max: 64 }),
        octet: fc.nat(255),
      }),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(5), edits, async (sample, list) => {
        const mutant = list.reduce<Buffer>(
          (bytes, { kind, place, length, octet }) => {
            const at = Math.floor(place * bytes.length);
            const copy = Buffer.from(bytes);
            switch (kind) {
              case 'flip':
                copy[at] = (copy[at] ?? 0) ^ (1 << (octet % 8));
                return copy;
              case 'cut':
                return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
              case 'repeat':
                return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
              case 'overwrite':
                return copy.fill(octet, at, Math.min(copy.length, at + length));
              default:
                return bytes.subarray(0, at);
            }
          },
          (samples[sample] as Sample).bytes,
        );
        const started = performance.now();
        await validate(mutant);
        expect(performance.now() - started).to.be.below(longest);
      }),
      { seed, numRuns },
    );
  });
});
