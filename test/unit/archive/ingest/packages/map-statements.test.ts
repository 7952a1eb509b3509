import { expect } from 'chai';
import { mapStatements } from '../../../../../src/archive/ingest/packages/map-statements.ts';
import { readProfiles } from '../../../../../src/archive/profiles/index.ts';
import type { ProducerStatement } from '../../../../../src/standards/packages/index.ts';

const said = { title: 'torba.zip', untitled: true as const, metadata: {} };
const statement = (element: ProducerStatement['element'], value: string): ProducerStatement => ({
  element,
  value,
  from: `x#${element}`,
});

describe('mapping what a producer says', () => {
  const mapped = async (
    statements: readonly ProducerStatement[],
    submission: Parameters<typeof mapStatements>[0] = said,
  ) => {
    const profiles = await readProfiles('profiles');
    return mapStatements(submission, profiles.find('general'), { statements, identifiers: [] });
  };

  it('gives the first title to the record and the others to Dublin Core', async () => {
    const found = await mapped([statement('title', 'Први'), statement('title', 'Други')]);
    expect(found.title).to.equal('Први');
    expect(found).to.not.have.property('untitled');
    expect(found.descriptive).to.deep.equal([{ element: 'title', value: 'Други' }]);
    expect(found.mapped.map(({ to }) => to)).to.deep.equal(['title', 'dc:title']);
  });

  it('leaves a record without a title the name of what came', async () => {
    expect(await mapped([statement('title', 'x'.repeat(501))])).to.include({ title: 'torba.zip', untitled: true });
  });

  it('fills a field only with what the profile takes for it', async () => {
    const found = await mapped([
      statement('date', 'око 1990'),
      statement('date', '1990-02-03'),
      statement('type', 'уговор'),
    ]);
    expect(found.metadata).to.deep.equal({ datumNastanka: '1990-02-03', vrstaDokumenta: 'уговор' });
    expect(found.descriptive).to.deep.equal([{ element: 'date', value: 'око 1990' }]);
    const impossible = await mapped([statement('date', '2024-02-31')]);
    expect(impossible.metadata).to.deep.equal({});
  });

  it('never replaces what a person said', async () => {
    const person = { title: 'Мој', language: 'en', metadata: { opis: 'мој опис' } };
    const found = await mapped(
      [statement('title', 'њен'), statement('language', 'sr'), statement('description', 'њен опис')],
      person,
    );
    expect(found).to.deep.include({ title: 'Мој', language: 'en', metadata: { opis: 'мој опис' } });
    expect(found.descriptive.map(({ value }) => value)).to.deep.equal(['њен', 'sr', 'њен опис']);
  });

  it('takes for a language only what is the tag of one', async () => {
    const found = await mapped([statement('language', 'српски језик'), statement('language', 'sr-Cyrl')]);
    expect(found.language).to.equal('sr-Cyrl');
  });

  it('keeps the date of the package out of the record’s own', async () => {
    const found = await mapped([{ ...statement('date', '2026-01-02'), isOfPackage: true }]);
    expect(found.metadata).to.deep.equal({});
    expect(found.descriptive).to.deep.equal([{ element: 'date', value: '2026-01-02' }]);
  });
});
