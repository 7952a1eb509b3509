import { expect } from 'chai';
import { filesPackage, recognizePackage } from '../../../../src/standards/packages/index.ts';
import { bagFiles, below } from '../../../support/bag.ts';
import { earkFiles, earkMets } from '../../../support/e-ark-package.ts';

const recognized = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const bytes = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)]));
  const found = await recognizePackage(filesPackage(undefined, bytes));
  return found && `${found.kind} in “${found.folder}”`;
};

describe('recognising a package', () => {
  it('knows a bag and an E-ARK package by their content, in the root or one folder down', async () => {
    expect(await recognized(Object.fromEntries(bagFiles()))).to.equal('bag in “”');
    expect(await recognized(below('торба', bagFiles()))).to.equal('bag in “торба”');
    for (const kind of ['SIP', 'AIP', 'DIP'] as const)
      expect(await recognized(below('p', earkFiles(earkMets(kind))))).to.equal(`${kind} in “p”`);
  });

  it('passes over what systems leave behind, and nothing else', async () => {
    const beside = { '__MACOSX/торба/._x': 'x', '.DS_Store': 'x', 'Thumbs.db': 'x' };
    expect(await recognized({ ...below('торба', bagFiles()), ...beside })).to.equal('bag in “торба”');
    expect(await recognized({ ...below('торба', bagFiles()), 'белешка.txt': 'x' })).to.equal(undefined);
  });

  it('takes a METS document that is none of E-ARK, or none at all, for a file like others', async () => {
    const plain = '<mets xmlns="http://www.loc.gov/METS/" PROFILE="other"/>';
    for (const mets of [plain, '<mets/>', 'no XML', '<!DOCTYPE a><a/>'])
      expect(await recognized({ 'p/METS.xml': mets, 'p/a.txt': 'x' })).to.equal(undefined);
    expect(await recognized({ 'a.txt': 'x' })).to.equal(undefined);
    expect(await recognized({})).to.equal(undefined);
  });
});
