import { expect } from 'chai';
import { bytesReader } from '../../../../../src/base/index.ts';
import { validateDocument } from '../../../../../src/standards/signatures/index.ts';
import { type AsicContainerOptions, asicContainer } from '../../../../support/asic-container.ts';
import { daysFrom } from '../../../../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

describe('ASiC containers with CAdES', () => {
  let pki: ToyPki;
  let crls: Uint8Array[];
  before(async () => {
    pki = await toyPki();
    crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
  });

  async function validated(options: Omit<AsicContainerOptions, 'pki'>) {
    const document = bytesReader(await asicContainer({ pki, ...options }));
    const request = { document, name: 'a.asice', contents: [], anchors: pki.anchors, material: { crls } };
    const { container, signatures, error } = await validateDocument({ ...request, validationTime: pki.at });
    const verdicts = signatures.map(({ indication, subIndication }) => [indication, subIndication].join('/'));
    return { container, verdicts, signatures, error };
  }

  for (const form of ['ASiC-S', 'ASiC-E'] as const)
    it(`of the form ${form} pass, and name what is signed`, async () => {
      const { container, verdicts, signatures } = await validated({ form });
      expect({ container, verdicts }).to.deep.equal({ container: form, verdicts: ['TOTAL_PASSED/'] });
      expect(signatures[0]?.scopes.map(({ name }) => name)).to.include('уговор.txt');
    });

  it('fail when an object was changed', async () => {
    for (const form of ['ASiC-S', 'ASiC-E'] as const)
      expect((await validated({ form, fault: 'changed-content' })).verdicts).to.deep.equal([
        'TOTAL_FAILED/HASH_FAILURE',
      ]);
  });

  it('are not decided when an object is gone', async () => {
    expect((await validated({ fault: 'missing-file' })).verdicts).to.deep.equal([
      'INDETERMINATE/SIGNED_DATA_NOT_FOUND',
    ]);
  });

  it('do not name a file that nobody signed among what is signed', async () => {
    const { signatures } = await validated({ fault: 'extra-file' });
    expect(signatures[0]?.scopes.map(({ name }) => name)).not.to.include('unsigned.txt');
  });

  it('take their time from a time-stamp', async () => {
    const timestamp = pki.timestamps({ at: daysFrom(pki.at, -10) });
    const { signatures } = await validated({ timestamp });
    expect(signatures[0]?.bestSignatureTime).to.equal('2026-11-14T12:00:00Z');
  });

  it('pass with XAdES over their files, and fail when one is changed', async () => {
    expect((await validated({ signature: 'XAdES' })).verdicts).to.deep.equal(['TOTAL_PASSED/']);
    const changed = await validated({ signature: 'XAdES', fault: 'changed-content' });
    expect(changed.verdicts).to.deep.equal(['TOTAL_FAILED/HASH_FAILURE']);
  });
});
