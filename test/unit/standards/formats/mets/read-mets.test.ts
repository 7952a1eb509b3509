import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../../../../src/base/index.ts';
import { hrefOf, type MetsDocument, readMets, writeMets } from '../../../../../src/standards/formats/mets/index.ts';

const createdAt = new Date('2026-11-24T12:00:00Z');
const document: MetsDocument = {
  objectId: 'urn:uuid:1',
  profile: 'https://example.org/profile.xml',
  packageType: 'AIP',
  createdAt,
  recordStatus: 'NEW',
  agents: [
    { role: 'CREATOR', type: 'OTHER', otherType: 'SOFTWARE', name: 'T', note: { type: 'SOFTWARE VERSION', text: '1' } },
  ],
  descriptive: [reference('d1', 'metadata/descriptive/dc.xml', 'DC')],
  provenance: [reference('p1', 'metadata/preservation/premis.xml', 'PREMIS')],
  fileGroups: [{ id: 'g', use: 'Documentation', files: [reference('ID-1', 'documentation/a #b%20+č.txt', 'OTHER')] }],
};

function reference(id: string, path: string, mdType: 'DC' | 'PREMIS' | 'OTHER') {
  return {
    id,
    path,
    mdType,
    status: 'CURRENT' as const,
    mimeType: 'text/plain',
    size: 3,
    createdAt,
    sha512: 'ab'.repeat(64),
  };
}

describe('METS documents', () => {
  it('list every file under the path, size and digest they were written with', () => {
    const mets = readMets(writeMets(document));
    const file = { size: 3, checksum: { type: 'SHA-512', value: 'ab'.repeat(64) }, mimeType: 'text/plain' };
    expect(mets).to.deep.equal({
      objectId: 'urn:uuid:1',
      profile: 'https://example.org/profile.xml',
      packageType: 'AIP',
      files: [
        { section: 'dmdSec', path: 'metadata/descriptive/dc.xml', ...file },
        { section: 'amdSec', path: 'metadata/preservation/premis.xml', ...file },
        { section: 'fileSec', path: 'documentation/a #b%20+č.txt', ...file },
      ],
    });
  });

  it('give the same bytes for the same document', () => {
    expect(Buffer.compare(writeMets(document), writeMets({ ...document }))).to.equal(0);
  });

  it('name files by references that any path survives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (path) => {
        expect(hrefOf(path)).to.match(/^[A-Za-z0-9/%._~!'()*-]+$/);
        expect(decodeURIComponent(hrefOf(path))).to.equal(path);
      }),
    );
  });

  it('are refused when they are something else, or name a file unreadably', () => {
    const broken = (from: string, to: string) =>
      Buffer.from(new TextDecoder().decode(writeMets(document)).replace(from, to));
    expect(() => readMets(Buffer.from('<premis/>'))).to.throw(FormatError, /root/);
    expect(() => readMets(broken('http://www.loc.gov/METS/', 'urn:other'))).to.throw(FormatError, /root/);
    expect(() => readMets(broken('xlink:href="documentation/', 'xlink:href="%zz/'))).to.throw(FormatError, /percent/);
    expect(() => readMets(broken('xlink:href="metadata/descriptive/dc.xml"', ''))).to.throw(FormatError, /xlink:href/);
    expect(() => readMets(broken('<FLocat', '<Other'))).to.throw(FormatError, /FLocat/);
  });
});
