import { expect } from 'chai';
import { readCrl, readOcspResponse } from '../../../src/standards/formats/revocation/index.ts';
import { readCertificate } from '../../../src/standards/formats/x509/index.ts';
import { type ServedToyPki, serveToyPki } from '../../support/toy-pki-server.ts';

describe('the toy PKI on loopback', () => {
  let pki: ServedToyPki;
  before(async () => {
    pki = await serveToyPki();
  });
  after(() => pki.close());
  const get = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

  it('serves what its certificates point to', async () => {
    const { signer } = await pki.signer();
    const text = Buffer.from(signer.chain[0]).toString('latin1');
    const addresses = text.match(/http:\/\/127\.0\.0\.1:\d+\/[a-z0-9-]+(\.[a-z]{3})?/g) ?? [];
    expect(addresses).to.have.length(3);
    const issuer = addresses.find((address) => address.endsWith('.cer')) ?? '';
    const crl = addresses.find((address) => address.endsWith('.crl')) ?? '';
    expect(readCertificate(await get(issuer)).sha256).to.equal(
      readCertificate(pki.intermediate.signer.chain[0]).sha256,
    );
    expect(readCrl(await get(crl)).thisUpdate).to.deep.equal(pki.at);
  });

  it('counts what is asked of it, and misbehaves when it is told to', async () => {
    pki.requests.length = 0;
    pki.faults.set('/root.crl', 'missing').set('/root.cer', 'garbage');
    expect((await fetch(`${pki.url}/root.crl`)).status).to.equal(404);
    expect(Buffer.from(await get(`${pki.url}/root.cer`)).toString()).to.contain('<html>');
    pki.faults.clear();
    expect(readCertificate(await get(`${pki.url}/root.cer`)).selfIssued).to.equal(true);
    expect(pki.requests).to.deep.equal(['GET /root.crl', 'GET /root.cer', 'GET /root.cer']);
  });

  it('hangs and never ends without harm to who gives up', async () => {
    pki.faults.set('/root.crl', 'hangs').set('/root.cer', 'endless');
    const refused = await fetch(`${pki.url}/root.crl`, { signal: AbortSignal.timeout(50) }).catch(
      (error: Error) => error.name,
    );
    expect(refused).to.equal('TimeoutError');
    const body = (await fetch(`${pki.url}/root.cer`)).body?.getReader();
    let seen = 0;
    while (seen < 1 << 20) seen += (await body?.read())?.value?.length ?? 0;
    await body?.cancel();
    pki.faults.clear();
    expect(seen).to.be.at.least(1 << 20);
  });

  it('refuses a malformed OCSP request as a responder does', async () => {
    const answer = await fetch(`${pki.url}/ocsp`, { method: 'POST', body: 'nonsense' });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(() => readOcspResponse(bytes)).to.throw();
    expect(Buffer.from(bytes).toString('hex')).to.equal('30030a0101');
  });
});
