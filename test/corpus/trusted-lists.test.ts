import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { verifyTrustedList } from '../../src/archive/trust-services/trusted-lists/verify-list.ts';
import { schemaValidator } from '../../src/standards/formats/xml/index.ts';
import { readTrustedList } from '../../src/standards/trusted-lists/index.ts';
import { toyPki } from '../support/toy-pki.ts';
import { criteria, signedTrustedList } from '../support/trusted-list.ts';

const shared = new URL('../../../shared/', import.meta.url);
const schema = (path: string) => readFileSync(new URL(`schemas/${path}`, shared));
const corpus = new URL('corpus/signatures/files/dss/', shared);
const folders = ['dss-cookbook/signature-pool/cache/', 'dss-tsl-validation/', 'dss-xades/validation/xsw/'];

/** Lists of the corpus that are none: of an old version, or without a part that the schema asks for. */
const unreadable = ['eu-lotl-no-tl-version.xml', 'tsl-pe.xml'];
/** Lists whose signer a list of lists of the corpus names. */
const genuine = ['AT 37', 'AT 63', 'CY 28', 'CY 45', 'EE 62', 'EU 247', 'EU 250', 'EU 282', 'IE 18', 'LI 40', 'SK 45'];

const allTypes = Buffer.from(`<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:test">
  <xsd:import namespace="http://uri.etsi.org/02231/v2#" schemaLocation="urn:tsl"/>
  <xsd:import namespace="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#" schemaLocation="urn:sie"/>
  <xsd:import namespace="http://uri.etsi.org/02231/v2/additionaltypes#" schemaLocation="urn:tslx"/>
</xsd:schema>`);

describe('trusted lists', function () {
  this.timeout(60_000);
  before(function () {
    if (!existsSync(shared)) this.skip();
  });

  const lists = () =>
    folders.flatMap((folder) =>
      readdirSync(new URL(folder, corpus))
        .filter((name) => name.endsWith('xml'))
        .map((name) => ({ name, bytes: readFileSync(new URL(folder + name, corpus)) }))
        .filter(({ bytes }) => bytes.subarray(0, 4096).includes('TrustServiceStatusList')),
    );

  it('of member states and lists of lists are read whole, but for two that are none', () => {
    let services = 0;
    for (const { name, bytes } of lists())
      if (unreadable.includes(name)) expect(() => readTrustedList(bytes), name).to.throw('trusted list');
      else services += readTrustedList(bytes).services.length;
    expect(services).to.be.greaterThan(300);
  });

  it('are verified by the certificates that lists of lists name, and by no others', async () => {
    const read = lists()
      .filter(({ name }) => !unreadable.includes(name))
      .map(({ name, bytes }) => ({ name, bytes, list: readTrustedList(bytes) }));
    const pointers = read.flatMap(({ list }) => (list.pointers.length > 1 ? list.pointers : []));
    const verified: string[] = [];
    for (const { name, bytes, list } of read) {
      const moment = new Date(list.issuedAt.getTime() + 86_400_000);
      const named = pointers.filter(({ territory }) => territory === list.territory).flatMap(({ signers }) => signers);
      const others = pointers.filter(({ territory }) => territory === 'DE').flatMap(({ signers }) => signers);
      const found = await verifyTrustedList(bytes, named, moment);
      if (typeof found !== 'string') verified.push(`${list.territory} ${list.sequenceNumber}`);
      if (name.startsWith('XSW-')) expect(found, name).to.equal('NOT_WHOLLY_SIGNED'); // the signed list lies within another
      expect(await verifyTrustedList(bytes, others, moment), `${list.territory} ${list.sequenceNumber}`).to.be.a(
        'string',
      );
    }
    expect(verified.sort()).to.deep.equal(genuine);
  });

  it('of our own making keep to the schemas of TS 119 612 v2.4.1', async () => {
    const faultsOf = schemaValidator(allTypes, {
      'urn:tsl': schema('trusted-list/ts_119612v020401_xsd.xsd'),
      'urn:sie': schema('trusted-list/ts_119612v020401_sie_xsd.xsd'),
      'urn:tslx': schema('trusted-list/ts_119612v020401_additionaltypes_xsd.xsd'),
      'https://forge.etsi.org/rep/esi/x19_612_trusted_lists/-/raw/v2.4.1/19612_xsd.xsd': schema(
        'trusted-list/ts_119612v020401_xsd.xsd',
      ),
      'https://uri.etsi.org/01903/v1.3.2/XAdES01903v132-201601.xsd': schema('xades/XAdES01903v132-202407.xsd'),
      'http://www.w3.org/TR/2008/REC-xmldsig-core-20080610/xmldsig-core-schema.xsd': schema(
        'xmldsig/xmldsig-core-schema.xsd',
      ),
      'http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd': schema(
        'xmldsig/xmldsig-core-schema.xsd',
      ),
      'http://www.w3.org/2001/xml.xsd': schema('xmldsig/xml.xsd'),
      'http://www.w3.org/2001/XMLSchema.dtd': new Uint8Array(),
    });
    const pki = await toyPki();
    const conditions = criteria.list(
      'all',
      criteria.keyUsage({ nonRepudiation: true }),
      criteria.policies('1.2.3'),
      criteria.list('none', criteria.keyUsage({ keyCertSign: true })),
      criteria.keyPurposes('1.3.6.1.5.5.7.3.4'),
      criteria.subjectAttributes('2.5.4.10'),
    );
    const periods = [
      { qualifications: [{ qualifiers: ['QCWithQSCD'], criteria: conditions }] },
      { status: 'withdrawn' },
    ];
    const list = await signedTrustedList(
      {
        services: [{ holder: pki.intermediate, periods }],
        pointers: [{ location: 'https://primer.invalid/', territory: 'HR', signers: [pki.root] }],
      },
      pki.root,
    );
    expect(faultsOf(list)).to.deep.equal([]);
    expect(
      faultsOf(
        Buffer.from(
          Buffer.from(list).toString('utf8').replace('<TSLType>', '<TSLTyp>').replace('</TSLType>', '</TSLTyp>'),
        ),
      ),
    ).to.not.deep.equal([]);
  });

  it('as large as the largest of member states are read and verified within seconds', async () => {
    const pki = await toyPki();
    const services = Array.from({ length: 4000 }, () => ({
      holder: pki.intermediate,
      periods: [{}, { status: 'withdrawn', from: '2015-01-01T00:00:00Z' }],
    }));
    const list = await signedTrustedList({ services }, pki.root);
    expect(list.length).to.be.greaterThan(10 << 20);
    expect(await verifyTrustedList(list, [pki.root.signer.chain[0]], new Date('2026-11-24T12:00:00Z'))).to.be.an(
      'object',
    );
  });
});
