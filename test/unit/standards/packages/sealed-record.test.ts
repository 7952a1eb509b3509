import { expect } from 'chai';
import { parseSealedRecord, sealedRecord } from '../../../../src/standards/packages/index.ts';
import { samplePackages } from '../../../foreign/sample-packages.ts';

describe('the sealed record', () => {
  it('is canonical JSON in UTF-8 with a newline at the end, and nothing that is absent', () => {
    for (const { description } of samplePackages()) {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(sealedRecord(description.record));
      expect(text).to.match(/^\{"archivedAt":"2026-11-24T12:00:00Z",.*\}\n$/);
      expect(text).not.to.match(/null|undefined/);
    }
  });

  it('does not depend on the order in which a description was written', () => {
    const record = samplePackages()[0]?.description.record;
    if (!record) throw new Error('there is a first sample');
    const reversed = Object.fromEntries(Object.entries(record).reverse()) as unknown as typeof record;
    expect(sealedRecord(reversed)).to.deep.equal(sealedRecord(record));
  });

  it('changes with every fact it seals', () => {
    const record = samplePackages()[0]?.description.record;
    if (!record) throw new Error('there is a first sample');
    const changes = [
      { title: 'x' },
      { metadata: { ...record.metadata, napomena: 'x' } },
      { files: record.files.map((file) => ({ ...file, sha512: '0'.repeat(128) })) },
      { files: record.files.map((file) => ({ ...file, originalName: 'x' })) },
      { version: 2 },
      { institution: { id: 'x', name: record.institution.name } },
    ];
    const sealed = new Set(
      [record, ...changes.map((change) => ({ ...record, ...change }))].map((each) =>
        Buffer.from(sealedRecord(each)).toString(),
      ),
    );
    expect(sealed.size).to.equal(changes.length + 1);
  });

  it('gives the record back, so that a catalog can be rebuilt from it', () => {
    for (const { description } of samplePackages()) {
      expect(parseSealedRecord(sealedRecord(description.record))).to.deep.equal(description.record);
    }
  });
});
