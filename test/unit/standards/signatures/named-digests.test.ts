import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import { namedDigests } from '../../../../src/standards/signatures/index.ts';
import { sampleContent, signedCms } from '../../../support/signed-cms.ts';
import { toyPki } from '../../../support/toy-pki.ts';

const named = (bytes: Uint8Array) => namedDigests(bytesReader(bytes));

describe('the digests that a detached signature names', () => {
  it('are those of what a CMS signs', async () => {
    const digests = await named(await signedCms({ pki: await toyPki(), packaging: 'detached', signatures: [{}, {}] }));
    const value = createHash('sha256').update(sampleContent).digest('hex');
    expect(digests).to.deep.equal([
      { algorithm: 'sha256', value },
      { algorithm: 'sha256', value },
    ]);
  });

  it('are those of what a time-stamp is over', async () => {
    const token = await (await toyPki()).timestamps()({ algorithm: 'sha512', value: 'ab'.repeat(64) });
    expect(await named(token)).to.deep.equal([{ algorithm: 'sha512', value: 'ab'.repeat(64) }]);
  });

  it('are none in other documents, and in broken ones', async () => {
    for (const bytes of ['%PDF-1.7', '<a/>', '', '0\u0003\u0002\u0001'])
      expect(await named(Buffer.from(bytes, 'latin1'))).to.deep.equal([]);
  });
});
