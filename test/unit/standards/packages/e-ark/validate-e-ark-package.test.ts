import { expect } from 'chai';
import { type EarkRequest, filesPackage, validateEarkPackage } from '../../../../../src/standards/packages/index.ts';
import { earkFiles, earkMets, earkRules } from '../../../../support/e-ark-package.ts';

const request: EarkRequest = { rules: earkRules, validationTime: new Date('2026-01-01T00:00:00Z') };
const validate = (files = earkFiles(), more: Partial<EarkRequest> = {}) =>
  validateEarkPackage(filesPackage('package', files), { ...request, ...more });
const broken = async (from: string | RegExp, to: string, kind: 'SIP' | 'AIP' | 'DIP' = 'AIP') => {
  const mets = earkMets(kind).replace(from, to);
  expect(mets).to.not.equal(earkMets(kind));
  const { findings } = await validate(earkFiles(mets));
  return [...new Set(findings.filter(({ level }) => level === 'MUST').map(({ id }) => id))].sort();
};

describe('validation of an E-ARK package', () => {
  for (const kind of ['SIP', 'AIP', 'DIP'] as const)
    it(`finds no MUST broken in a good ${kind}`, async () => {
      const { valid, specification, findings, checked } = await validate(earkFiles(earkMets(kind)));
      expect(findings.filter(({ level }) => level === 'MUST')).to.deep.equal([]);
      expect(valid).to.equal(true);
      expect(specification).to.equal(`CSIP 2.2.0, ${kind} 2.2.0`);
      expect(checked).to.include.members(['CSIP1', 'CSIP119', 'CSIPSTR16']);
      expect(checked.some((id) => id.startsWith(kind === 'SIP' ? 'DIP' : 'SIP'))).to.equal(false);
    });

  for (const [ids, what, from, to] of [
    [['AIPM1', 'CSIP1'], 'no OBJID', 'OBJID="package" ', ''],
    [['CSIP2'], 'a category of no vocabulary', 'TYPE="Mixed"', 'TYPE="Nonsense"'],
    [
      ['METS-SCHEMA'],
      'an agent whose note stands before its name',
      '<name>Maker</name><note csip:NOTETYPE="SOFTWARE VERSION">1</note>',
      '<note csip:NOTETYPE="SOFTWARE VERSION">1</note><name>Maker</name>',
    ],
    [['METS-SCHEMA'], 'an element that METS has not', '</metsHdr>', '<colour/></metsHdr>'],
    [
      ['CSIP7', 'METS-SCHEMA'],
      'a time of creation without its hour',
      'CREATEDATE="2025-01-01T00:00:00Z"',
      'CREATEDATE="2025-01-01"',
    ],
    [['AIPM3', 'CSIP9'], 'a type that is none', 'OAISPACKAGETYPE="AIP"', 'OAISPACKAGETYPE="XIP"'],
    [['CSIP11'], 'software that is an EDITOR', 'ROLE="CREATOR" TYPE="OTHER"', 'ROLE="EDITOR" TYPE="OTHER"'],
    [['CSIP14'], 'a tool without a name', '<name>Maker</name>', '<name/>'],
    [['CSIP18'], 'one ID for two elements', 'ID="dmd"', 'ID="map"'],
    [
      ['CSIP24'],
      'metadata that is not there',
      'href="metadata/descriptive/dc.xml"',
      'href="metadata/descriptive/d.xml"',
    ],
    [['CSIP24'], 'an address that leaves the package', 'href="metadata/descriptive/dc.xml"', 'href="../../etc/passwd"'],
    [['CSIP41'], 'a wrong size of metadata', /SIZE="9"/, 'SIZE="10"'],
    [['CSIP72'], 'a checksum of no type', /CHECKSUMTYPE="SHA-256"(?=>)/, ''],
    [['CSIP77'], 'a locator that is no URL', '<FLocat LOCTYPE="URL"', '<FLocat LOCTYPE="OTHER"'],
    [['CSIP81'], 'a logical map', 'TYPE="PHYSICAL"', 'TYPE="LOGICAL"'],
    [['CSIP116'], 'a division that points elsewhere', 'FILEID="doc"', 'FILEID="xsd"'],
    [['AIPM2'], "another kind's profile", /PROFILE="[^"]+"/, 'PROFILE="https://example.org/x.xml"'],
  ] as const)
    it(`says ${ids.join(' and ')} of ${what}`, async () => {
      const found = await broken(from, to);
      expect(found).to.include.members([...ids]);
      if (!ids.some((id) => ['CSIP18', 'CSIP81'].includes(id))) expect(found).to.deep.equal([...ids].sort());
    });

  it('says that a METS document was too large for the schema by leaving that out of what was checked', async () => {
    const large = earkMets().replace('</metsHdr>', `${' '.repeat(8 << 20)}</metsHdr>`);
    expect((await validate(earkFiles(large))).checked)
      .to.include('CSIP1')
      .and.not.include('METS-SCHEMA');
  });

  describe('by the prose of the AIP specification', () => {
    const event = (
      agent: string,
    ) => `<event><linkingAgentIdentifier><linkingAgentIdentifierType>local</linkingAgentIdentifierType>
      <linkingAgentIdentifierValue>${agent}</linkingAgentIdentifierValue></linkingAgentIdentifier></event>`;
    const agent = `<agent><agentIdentifier><agentIdentifierType>local</agentIdentifierType>
      <agentIdentifierValue>maker</agentIdentifierValue></agentIdentifier></agent>`;
    const ids = async (premis: string, mets = earkMets(), folder = 'package') => {
      const files = earkFiles(mets);
      files.set(
        'metadata/preservation/premis.xml',
        Buffer.from(`<premis xmlns="http://www.loc.gov/premis/v3">${premis}</premis>`),
      );
      const { findings } = await validateEarkPackage(filesPackage(folder, files), request);
      return findings.map(({ id }) => id).filter((id) => /^AIP\d/.test(id));
    };

    it('finds events whose agent is named and described in order', async () => {
      expect(await ids(`${event('maker')}${agent}`)).to.deep.equal([]);
    });

    it('says AIP16 of an event without an agent and AIP18 of an agent that nobody describes', async () => {
      expect(await ids(`<event/>${event('maker')}`)).to.deep.equal(['AIP16', 'AIP18']);
      expect(await ids(`${event('other')}${agent}`)).to.deep.equal(['AIP18']);
    });

    it('does not ask it of a SIP', async () => {
      expect(await ids('<event/>', earkMets('SIP'))).to.deep.equal([]);
    });

    it('says AIP20 of a container that is named otherwise', async () => {
      expect(await ids('', earkMets(), 'something')).to.deep.equal(['AIP20']);
      expect(await ids('', earkMets(), 'package-part-2')).to.deep.equal([]);
    });
  });

  it('asks a SIP for its sender', async () => {
    expect(await broken(/<agent ROLE="CREATOR" TYPE="ORGANIZATION">.*?<\/agent>/, '', 'SIP')).to.deep.equal(['SIP15']);
  });

  it('tells a changed byte from changed line endings', async () => {
    const changed = earkFiles();
    changed.set('representations/one/data/a.txt', Buffer.from('Content\nof two lines\n'));
    expect((await validate(changed)).findings.map(({ id }) => id))
      .to.include('CSIP71')
      .and.not.include('CSIP69');
    const converted = earkFiles();
    converted.set('representations/one/data/a.txt', Buffer.from('content\r\nof two lines\r\n'));
    const { valid, findings } = await validate(converted);
    expect(findings.filter(({ level }) => level === 'MUST').map(({ id }) => id)).to.deep.equal(['LINE-ENDINGS']);
    expect(valid).to.equal(false);
  });

  it('judges by the version that was asked for, and by the one in force when none is written', async () => {
    expect((await validate(earkFiles(), { specification: '2.1' })).specification).to.equal('CSIP 2.1.0, AIP 2.1.0');
    const unversioned = earkMets().replace(
      /PROFILE="[^"]+"/,
      'PROFILE="https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"',
    );
    expect((await validate(earkFiles(unversioned))).specification).to.equal('CSIP 2.1.0, SIP 2.1.0, AIP 2.1.0');
    const older = unversioned.replace('CREATEDATE="2025', 'CREATEDATE="2020');
    expect((await validate(earkFiles(older))).specification).to.equal('CSIP 2.0.4, SIP 2.0.4, AIP 2.0.4');
  });

  for (const [what, mets] of [
    ['no XML', 'this is no XML'],
    ['an entity bomb', '<!DOCTYPE mets [<!ENTITY a "aa">]><mets/>'],
    ['another document', '<html/>'],
  ] as const)
    it(`finds that METS.xml is ${what}`, async () => {
      const { valid, findings } = await validate(earkFiles(mets));
      expect(valid).to.equal(false);
      expect(findings.map(({ id }) => id)).to.include('CSIPSTR4');
    });

  it('finds a broken METS document of a representation, and judges the rest', async () => {
    const files = earkFiles();
    files.set('representations/one/METS.xml', Buffer.from('<mets>'));
    const { findings } = await validate(files);
    expect(findings.map(({ id }) => id)).to.include('CSIPSTR12');
  });
});
