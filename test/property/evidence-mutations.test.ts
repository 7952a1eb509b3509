import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { bytesReader } from '../../src/base/index.ts';
import { examineEvidenceRecord } from '../../src/standards/evidence/index.ts';
import { validateDocument } from '../../src/standards/signatures/index.ts';
import { type EvidenceStep, evidenceRecord, initial } from '../support/evidence-record.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261125);
const numRuns = Number(process.env.NUM_RUNS ?? 120);
const longest = 5000;
const steps: readonly EvidenceStep[] = [
  initial,
  { renews: 'time-stamp' },
  { renews: 'hash-tree', algorithm: 'sha512' },
  { renews: 'time-stamp' },
];
const form = fc.constantFrom('ASN.1' as const, 'XML' as const);

describe('evidence records of all shapes', function () {
  this.timeout(120_000);
  let pki: ToyPki;
  let material: { crls: Uint8Array[] };
  const records = new Map<string, Buffer>();
  const objects = [Buffer.from('Уговор'), Buffer.from('Prilog'), Buffer.from('<a/>')];

  before(async () => {
    pki = await toyPki();
    material = { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] };
    for (const name of ['ASN.1', 'XML'] as const)
      records.set(name, Buffer.from(await evidenceRecord(pki, name, objects, steps)));
  });

  async function verdict(record: Uint8Array, contents: readonly Uint8Array[]): Promise<string> {
    const { evidenceRecords } = await validateDocument({
      document: bytesReader(record),
      name: 'record',
      contents: contents.map((content, index) => ({ name: `${index}`, reader: bytesReader(content) })),
      anchors: pki.anchors,
      validationTime: pki.at,
      material,
      examineEvidenceRecord,
    });
    return evidenceRecords.map(({ indication }) => indication).join();
  }

  it('pass over exactly what they were made of, and over nothing with one bit flipped', async () => {
    const renewals = fc.array(
      fc.record({
        renews: fc.constantFrom('time-stamp' as const, 'hash-tree' as const),
        algorithm: fc.constantFrom('sha256' as const, 'sha384' as const, 'sha512' as const),
      }),
      { maxLength: 3 },
    );
    const group = fc.uniqueArray(fc.uint8Array({ minLength: 1, maxLength: 40 }), {
      minLength: 1,
      maxLength: 5,
      selector: (octets) => Buffer.from(octets).toString('hex'),
    });
    await fc.assert(
      fc.asyncProperty(form, group, renewals, fc.nat(), async (name, contents, list, place) => {
        const record = await evidenceRecord(pki, name, contents, [initial, ...list]);
        expect(await verdict(record, contents)).to.equal('PASSED');
        const changed = contents.map((content) => Buffer.from(content));
        const victim = changed[place % changed.length] as Buffer;
        const at = place % victim.length;
        victim[at] = (victim[at] ?? 0) ^ (1 << (place % 8));
        if (!contents.some((content) => victim.equals(content)))
          expect(await verdict(record, changed)).to.equal('FAILED');
      }),
      { seed, numRuns: Math.ceil(numRuns / 4) },
    );
  });

  it('never pass with a bit of a tree or of an imprint flipped', async () => {
    await fc.assert(
      fc.asyncProperty(form, fc.nat(2), fc.nat(), async (name, object, place) => {
        const record = Buffer.from(records.get(name) as Buffer);
        const digest = createHash('sha256')
          .update(objects[object] as Buffer)
          .digest();
        const found = name === 'ASN.1' ? digest : Buffer.from(digest.toString('base64').slice(0, 42));
        const start = record.indexOf(found);
        expect(start).to.be.above(0);
        const at = start + (place % found.length);
        record[at] = (record[at] ?? 0) ^ (1 << (place % (name === 'ASN.1' ? 8 : 4)));
        expect(await verdict(record, objects)).to.not.equal('PASSED');
      }),
      { seed, numRuns },
    );
  });

  it('never pass over another content, and are judged in time, however they are cut, stretched and overwritten', async () => {
    const edit = fc.record({
      kind: fc.constantFrom('flip', 'flip', 'overwrite', 'cut', 'repeat', 'truncate'),
      place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      length: fc.integer({ min: 1, max: 64 }),
      octet: fc.nat(255),
    });
    await fc.assert(
      fc.asyncProperty(form, fc.array(edit, { minLength: 1, maxLength: 3 }), async (name, edits) => {
        const mutant = edits.reduce<Buffer>((bytes, { kind, place, length, octet }) => {
          const at = Math.floor(place * bytes.length);
          const copy = Buffer.from(bytes);
          if (kind === 'truncate') return bytes.subarray(0, at);
          if (kind === 'cut') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
          if (kind === 'repeat') return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
          if (kind === 'overwrite') return copy.fill(octet, at, Math.min(copy.length, at + length));
          copy[at] = (copy[at] ?? 0) ^ (1 << (octet % 8));
          return copy;
        }, records.get(name) as Buffer);
        const started = performance.now();
        expect(await verdict(mutant, [Buffer.from('nešto drugo')])).to.not.contain('PASSED');
        await verdict(mutant, objects);
        expect(performance.now() - started).to.be.below(longest);
      }),
      { seed, numRuns },
    );
  });
});
