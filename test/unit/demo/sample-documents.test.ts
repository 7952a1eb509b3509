import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { type SampleDocuments, sampleDocuments } from '../../../src/demo/index.ts';
import { stoppedClock } from '../../support/clock.ts';

const json = (path: string) => JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));

describe('the sample documents of the demo', () => {
  let samples: SampleDocuments;
  before(async () => {
    samples = await sampleDocuments(stoppedClock());
  });
  const names = () => samples.records.flatMap(({ files }) => files.map(({ name }) => name));

  it('are of every kind that an office signs, and one note that nobody signed', () => {
    expect(names()).to.deep.equal([
      'Ugovor o delu 42-2026.pdf',
      'Решење 17-2026.pdf',
      'faktura-118-2026.xml',
      'skenirana potvrda.png',
      'skenirana potvrda.png.p7s',
      'zapisnik sa sednice.asice',
      'priznanica-izmenjena.pdf',
      'beleška.txt',
    ]);
  });

  it('have metadata that their profiles accept', () => {
    const ajv = new Ajv.default({ allErrors: true, strict: false });
    addFormats.default(ajv);
    ajv.addSchema(json('profiles/fields.json'));
    for (const { profile, metadata } of samples.records) {
      const accepts = ajv.compile({ ...json(`profiles/${profile}.json`).metadataSchema, $id: undefined });
      expect(accepts(metadata), JSON.stringify(accepts.errors)).to.equal(true);
    }
  });

  it('say of themselves that they are samples, in metadata or name, and so does their root certificate', () => {
    for (const { metadata } of samples.records)
      expect(JSON.stringify(metadata)).to.match(/uzorak|узорак|Beleška bez potpisa|SAMPLE/i);
    const [anchor] = samples.anchors;
    expect(new X509Certificate(anchor?.pem ?? '').subject).to.contain('UZORAK');
  });

  it('are signed with other keys each time', async () => {
    const again = await sampleDocuments(stoppedClock());
    expect(again.anchors[0]?.pem).to.not.equal(samples.anchors[0]?.pem);
  });

  it('carry the parties of the contract, twice signed, and the changed amount of the receipt', () => {
    const bytes = (name: string) =>
      Buffer.from(samples.records.flatMap(({ files }) => files).find((file) => file.name === name)?.bytes ?? []);
    expect(
      bytes('Ugovor o delu 42-2026.pdf')
        .toString('latin1')
        .match(/\/ByteRange \[/g),
    ).to.have.length(2);
    const receipt = bytes('priznanica-izmenjena.pdf').toString('latin1');
    expect(receipt)
      .to.contain(Buffer.from('90.000').toString('hex'))
      .and.not.contain(Buffer.from('10.000').toString('hex'));
  });
});
