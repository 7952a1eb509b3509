import { expect } from 'chai';
import {
  describeBag,
  describeSip,
  descriptiveStatements,
  statedChecksums,
} from '../../../../src/standards/packages/index.ts';
import { earkMets } from '../../../support/e-ark-package.ts';

const said = (xml: string) =>
  descriptiveStatements(Buffer.from(xml), 'm.xml').map(({ element, value }) => `${element}: ${value.trim()}`);

describe('what a producer’s metadata say, in Dublin Core', () => {
  it('reads Dublin Core elements and terms, with their languages', () => {
    const xml = `<r xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">
      <dc:title xml:lang="sr">Одлука</dc:title><t:created>2024-05-06</t:created><t:abstract>о чему</t:abstract></r>`;
    expect(said(xml)).to.deep.equal(['title: Одлука', 'date: 2024-05-06', 'description: о чему']);
    expect(descriptiveStatements(Buffer.from(xml), 'm.xml')[0]).to.deep.equal({
      element: 'title',
      value: 'Одлука',
      language: 'sr',
      from: 'm.xml#title',
    });
  });

  it('reads MODS, of one record or the first of several', () => {
    const mods = `<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Записник</title></titleInfo>
      <name><namePart>Општина</namePart></name><originInfo><dateCreated>2024</dateCreated></originInfo>
      <language><languageTerm>srp</languageTerm></language><identifier>7/2024</identifier></mods>`;
    const expected = ['title: Записник', 'creator: Општина', 'date: 2024', 'language: srp', 'identifier: 7/2024'];
    expect(said(mods)).to.deep.equal(expected);
    expect(said(`<modsCollection xmlns="http://www.loc.gov/mods/v3">${mods}${mods}</modsCollection>`)).to.deep.equal(
      expected,
    );
  });

  it('reads of EAD what is said of the whole, dates and languages by their codes', () => {
    const ead = `<ead xmlns="http://ead3.archivists.org/schema/"><archdesc><did><unittitle>Фонд <emph>2</emph></unittitle>
      <unitdate normal="1990/1999">деведесете</unitdate><langmaterial><language langcode="srp">српски</language></langmaterial>
      <unitid>F-2</unitid></did><dsc><c><did><unittitle>део</unittitle></did></c></dsc></archdesc></ead>`;
    const statements = said(ead).map((one) => one.replace(/\s+/g, ' '));
    expect(statements).to.deep.equal(['title: Фонд 2', 'date: 1990/1999', 'identifier: F-2', 'language: srp']);
  });

  it('says nothing of what is none of these, or hostile', () => {
    for (const xml of ['', 'text', '<a/>', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<a>'.repeat(10_000)])
      expect(said(xml)).to.deep.equal([]);
  });

  it('reads bag-info.txt: the package’s date is not the content’s, a short description stands for a title', () => {
    const { statements, identifiers } = describeBag(
      [
        { label: 'Source-Organization', value: 'Општина' },
        { label: 'External-Description', value: 'Седнице' },
        { label: 'External-Identifier', value: 'OP-7' },
        { label: 'Bagging-Date', value: '2026-01-02' },
        { label: 'Contact-Email', value: 'neko@example.rs' },
        { label: 'DC-Creator', value: 'Секретаријат' },
        { label: 'constructor', value: 'x' },
      ],
      'bag-info.txt',
    );
    expect(statements.map(({ element, value, isOfPackage }) => [element, value, isOfPackage ?? false])).to.deep.equal([
      ['title', 'Седнице', false],
      ['contributor', 'Општина', false],
      ['description', 'Седнице', false],
      ['identifier', 'OP-7', false],
      ['date', '2026-01-02', true],
      ['creator', 'Секретаријат', false],
    ]);
    expect(identifiers).to.deep.equal([{ type: 'External-Identifier', value: 'OP-7' }]);
  });

  it('reads of a SIP’s METS its label, identifiers, who created it and where it is described', () => {
    const mets = earkMets('SIP')
      .replace('OBJID="package"', 'OBJID="sip-1" LABEL="Предмет 7"')
      .replace('</metsHdr>', '<altRecordID TYPE="SUBMISSIONAGREEMENT">SP-3</altRecordID></metsHdr>');
    const { statements, identifiers, descriptive } = describeSip(Buffer.from(mets));
    expect(statements.map(({ element, value }) => `${element}: ${value}`)).to.deep.equal([
      'title: Предмет 7',
      'contributor: Sender',
    ]);
    expect(identifiers).to.deep.equal([
      { type: 'OBJID', value: 'sip-1' },
      { type: 'SUBMISSIONAGREEMENT', value: 'SP-3' },
    ]);
    expect(descriptive).to.deep.equal(['metadata/descriptive/dc.xml']);
    expect(statedChecksums(Buffer.from(mets))).to.deep.equal({ count: 5, algorithms: ['sha256'] });
  });
});
