import { expect } from 'chai';
import { buildPaths, certificatePool, longestChain } from '../../../../src/standards/certification-path/index.ts';
import { nameForPeople, readCertificate } from '../../../../src/standards/formats/x509/index.ts';
import type { CertificateHolder } from '../../../../src/standards/seals/index.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

const certificate = (holder: CertificateHolder) => readCertificate(holder.signer.chain[0]);
const names = (path: readonly ReturnType<typeof readCertificate>[]) =>
  path.map(({ subject }) => nameForPeople(subject));

describe('building certification paths', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  it('leads from a certificate to an anchor', async () => {
    const signer = certificate(await pki.signer({ name: 'Ana' }));
    const pool = certificatePool([certificate(pki.intermediate)]);
    const paths = [...buildPaths(signer, pool, certificatePool([certificate(pki.root)]))];
    expect(paths.map(names)).to.deep.equal([['Ana', 'Igračka međutelo', 'Igračka koren']]);
  });

  it('stops at the nearest anchor first', async () => {
    const signer = certificate(await pki.signer({ name: 'Ana' }));
    const anchors = certificatePool([certificate(pki.root), certificate(pki.intermediate), signer]);
    expect([...buildPaths(signer, anchors, anchors)].map((path) => path.length)).to.deep.equal([1, 2]);
  });

  it('goes through cross-certificates, and never twice through one authority', async () => {
    const other = await pki.authority({ name: 'Drugo telo', issuer: pki.root });
    const crossed = await pki.authority({ name: 'Igračka međutelo', issuer: other });
    const signer = certificate(await pki.signer({ name: 'Ana' }));
    const pool = certificatePool([pki.intermediate, other, crossed].map(certificate));
    const paths = [...buildPaths(signer, pool, certificatePool([certificate(pki.root)]))];
    expect(paths.map((path) => path.length)).to.deep.equal([3, 4]);
  });

  it('gives up on a graph that is drawn to be endless', async () => {
    const authorities: CertificateHolder[] = [];
    for (let index = 0; index < 6; index++) authorities.push(await pki.authority({ name: `Telo ${index}` }));
    const web: CertificateHolder[] = [];
    for (const issuer of authorities)
      for (let index = 0; index < 6; index++) web.push(await pki.authority({ name: `Telo ${index}`, issuer }));
    const issuer = web[0] as CertificateHolder;
    const signer = certificate(await pki.signer({ issuer, name: 'Ana' }));
    const anchors = certificatePool([]);
    expect([...buildPaths(signer, certificatePool(web.map(certificate)), anchors)]).to.deep.equal([]);
  });

  it('shows how far a chain leads without an anchor', async () => {
    const signer = certificate(await pki.signer({ name: 'Ana' }));
    const pool = certificatePool([certificate(pki.intermediate)]);
    expect(names(longestChain(signer, pool, certificatePool([])))).to.deep.equal(['Ana', 'Igračka međutelo']);
  });
});
