import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { FormatError } from '../../../../src/base/index.ts';
import { type DataObject, examineEvidenceRecord } from '../../../../src/standards/evidence/index.ts';
import { integer, sequence } from '../../../../src/standards/formats/der/index.ts';
import { readTimestampToken } from '../../../../src/standards/formats/tsp/index.ts';
import { type EvidenceStep, evidenceRecord, initial } from '../../../support/evidence-record.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

const letters = ['prvi', 'drugi', 'treći'].map((text) => Buffer.from(text));
const [one, two, three] = letters as [Buffer, Buffer, Buffer];

function object(octets: Uint8Array): DataObject {
  async function* chunks() {
    yield octets;
  }
  return {
    size: octets.length,
    chunks,
    digest: async (name) => createHash(name.toLowerCase()).update(octets).digest(),
  };
}

const examine = (octets: Uint8Array, objects: readonly Uint8Array[]) =>
  examineEvidenceRecord({ octets }, objects.map(object));

/** Whether every imprint is the root of its tree, and everything that must be bound is. */
async function holds(octets: Uint8Array, objects: readonly Uint8Array[]): Promise<boolean> {
  const { timestamps } = await examine(octets, objects);
  return timestamps.every(({ token, root, bound }) => {
    const { imprint } = readTimestampToken(token);
    return root !== undefined && Buffer.compare(root, imprint) === 0 && bound.every(({ intact }) => intact);
  });
}

for (const form of ['ASN.1', 'XML'] as const)
  describe(`examining an evidence record in ${form}`, () => {
    let pki: ToyPki;
    before(async () => {
      pki = await toyPki();
    });

    it('finds the one object that it is over', async () => {
      const record = await evidenceRecord(pki, form, [one]);
      const found = await examine(record, [one]);
      expect([found.coverage, found.others]).to.deep.equal([['covered'], 0]);
      expect(await holds(record, [one])).to.equal(true);
    });

    it('finds every object of a group, in whatever order they are given', async () => {
      const record = await evidenceRecord(pki, form, letters);
      const found = await examine(record, [three, one, two]);
      expect([found.coverage, found.others]).to.deep.equal([['covered', 'covered', 'covered'], 0]);
      expect(await holds(record, [three, one, two])).to.equal(true);
    });

    it('tells how many others there are when an object of a group is missing', async () => {
      const found = await examine(await evidenceRecord(pki, form, letters), [two]);
      expect([found.coverage, found.others]).to.deep.equal([['covered'], 2]);
    });

    it('tells of an object too many, and of a changed one', async () => {
      const record = await evidenceRecord(pki, form, [one, two]);
      expect((await examine(record, [one, two, three])).coverage).to.deep.equal(['covered', 'covered', 'uncovered']);
      expect((await examine(record, [one, Buffer.from('drugo')])).coverage).to.deep.equal(['covered', 'uncovered']);
    });

    it('does not take a value deeper in the tree for an object', async () => {
      const record = await evidenceRecord(pki, form, [one], [{ ...initial, edit: () => [randomBytes(32)] }]);
      expect((await examine(record, [one])).coverage).to.deep.equal(['uncovered']);
    });

    it('finds an object beside the random value that blinds it', async () => {
      const blinded = { ...initial, edit: (list: Buffer[]) => [...list, randomBytes(32)] };
      const record = await evidenceRecord(pki, form, [one], [blinded]);
      const found = await examine(record, [one]);
      expect([found.coverage, found.others]).to.deep.equal([['covered'], 1]);
      expect(await holds(record, [one])).to.equal(true);
    });

    it('takes a time-stamp without a hash tree for one over the object itself', async () => {
      const record = await evidenceRecord(pki, form, [one], [{ ...initial, tree: false }]);
      expect(await holds(record, [one])).to.equal(true);
      expect((await examine(record, [two])).timestamps[0]?.root).to.deep.equal(
        createHash('sha256').update(two).digest(),
      );
      expect((await examine(record, [])).timestamps[0]?.root).to.equal(undefined);
      expect((await examine(record, [two, one])).coverage).to.deep.equal(['unknown', 'covered']);
    });

    const renewals: Record<string, EvidenceStep[]> = {
      'time-stamps renewed twice': [initial, { renews: 'time-stamp' }, { renews: 'time-stamp' }],
      'a time-stamp renewed without a hash tree': [initial, { renews: 'time-stamp', tree: false }],
      'a hash tree renewed with a stronger algorithm': [initial, { renews: 'hash-tree', algorithm: 'sha512' }],
      'both, again and again': [
        initial,
        { renews: 'time-stamp' },
        { renews: 'hash-tree', algorithm: 'sha384' },
        { renews: 'time-stamp' },
        { renews: 'hash-tree', algorithm: 'sha512' },
      ],
    };
    for (const [name, steps] of Object.entries(renewals))
      it(`follows ${name}`, async () => {
        for (const objects of [[one], letters]) {
          const record = await evidenceRecord(pki, form, objects, steps);
          const { timestamps, coverage } = await examine(record, objects);
          expect(timestamps).to.have.length(steps.length);
          expect(new Set(coverage)).to.deep.equal(new Set(['covered']));
          expect(await holds(record, objects)).to.equal(true);
        }
      });

    const strangers = () => [randomBytes(32)];
    const broken: Record<string, EvidenceStep[]> = {
      'a time-stamp is over something else than its root': [{ ...initial, imprint: () => randomBytes(32) }],
      'a renewal is not over the time-stamp before it': [initial, { renews: 'time-stamp', edit: strangers }],
      'a renewed hash tree is not over the chains before it': [
        initial,
        {
          renews: 'hash-tree',
          edit: (list) => (form === 'XML' ? list.slice(0, -1) : [createHash('sha256').update(one).digest()]),
        },
      ],
      'a renewed hash tree is not over the object': [
        initial,
        { renews: 'hash-tree', edit: (list) => [randomBytes(32), ...list.slice(1)] },
      ],
      'a renewal in the midst is broken': [
        initial,
        { renews: 'time-stamp', edit: strangers },
        { renews: 'time-stamp' },
        { renews: 'hash-tree' },
      ],
    };
    for (const [name, steps] of Object.entries(broken))
      it(`tells when ${name}`, async () => {
        expect(await holds(await evidenceRecord(pki, form, [one], steps), [one])).to.equal(false);
      });

    it('tells when a renewed hash tree leaves out one object of a group', async () => {
      const steps: EvidenceStep[] = [initial, { renews: 'hash-tree', edit: (list) => list.slice(1) }];
      const record = await evidenceRecord(pki, form, letters, steps);
      expect(await holds(record, letters)).to.equal(false);
      expect(await holds(record, [two, three])).to.equal(true);
    });

    it('knows nothing of an object whose digest cannot be had', async () => {
      const unknown: DataObject = { size: undefined, chunks: () => undefined, digest: async () => undefined };
      const octets = await evidenceRecord(pki, form, [one]);
      expect((await examineEvidenceRecord({ octets }, [unknown])).coverage).to.deep.equal(['unknown']);
    });
  });

describe('an evidence record that breaks its form', () => {
  let pki: ToyPki;
  let xml: string;
  let asn1: Uint8Array;
  before(async () => {
    pki = await toyPki();
    xml = Buffer.from(await evidenceRecord(pki, 'XML', letters)).toString();
    asn1 = await evidenceRecord(pki, 'ASN.1', letters);
  });

  async function refused(octets: Uint8Array): Promise<boolean> {
    try {
      await examine(octets, [one]);
      return false;
    } catch (error) {
      expect(error).to.be.instanceOf(FormatError);
      return true;
    }
  }

  const edits: Record<string, (text: string) => string> = {
    'an Order with a gap': (text) => text.replace('<Sequence Order="2">', '<Sequence Order="4">'),
    'an Order twice': (text) => text.replace('<Sequence Order="2">', '<Sequence Order="1">'),
    'two hash methods': (text) => text.replace(/<DigestMethod.*?<\/DigestMethod>/, '$&$&'),
    'a token that is none': (text) => text.replace(/(RFC3161">).{40}/, '$1'),
    'no chain': (text) => text.replace(/<ArchiveTimeStampChain.*<\/ArchiveTimeStampChain>/, ''),
    'an empty list': (text) => text.replace(/(<Sequence Order="2">).*?(<\/Sequence>)/, '$1$2'),
    'another root': (text) => text.replaceAll('EvidenceRecord', 'Evidence'),
    'another namespace': (text) => text.replace('ns:ers', 'ns:other'),
    'no end': (text) => text.slice(0, -5),
  };
  for (const [name, edit] of Object.entries(edits))
    it(`is refused: ${name}`, async () => {
      expect(edit(xml)).not.to.equal(xml);
      expect(await refused(Buffer.from(edit(xml)))).to.equal(true);
    });

  it('is refused: octets after it, none at all, another version, no algorithms', async () => {
    for (const octets of [
      Buffer.concat([asn1, Buffer.alloc(1)]),
      asn1.subarray(0, -1),
      sequence(integer(2)),
      new Uint8Array(0),
    ])
      expect(await refused(octets)).to.equal(true);
    const bytes = Buffer.from(asn1);
    bytes[bytes.indexOf(Buffer.from('020101', 'hex')) + 2] = 2;
    expect(await refused(bytes)).to.equal(true);
  });

  const unsupported: Record<string, (text: string) => string> = {
    'an unknown canonicalisation': (text) => text.replace('REC-xml-c14n-20010315', 'another'),
    'a time-stamp that is none of RFC 3161': (text) => text.replace('RFC3161', 'XMLENTRUST'),
    'evidence over encrypted data': (text) =>
      text.replace('<ArchiveTimeStampSequence>', '<EncryptionInformation></EncryptionInformation>$&'),
  };
  for (const [name, edit] of Object.entries(unsupported))
    it(`is not called broken where it is only not looked into: ${name}`, async () => {
      expect(edit(xml)).not.to.equal(xml);
      const found = await examine(Buffer.from(edit(xml)), letters);
      expect(found).to.deep.include({ unsupported: name, coverage: ['unknown', 'unknown', 'unknown'], timestamps: [] });
    });
});
