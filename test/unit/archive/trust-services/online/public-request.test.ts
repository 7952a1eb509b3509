import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { isPublicAddress } from '../../../../../src/archive/trust-services/online/public-addresses.ts';
import { publicRequest } from '../../../../../src/archive/trust-services/online/public-request.ts';

const text = (answer: Uint8Array | string) => (typeof answer === 'string' ? answer : Buffer.from(answer).toString());

describe('addresses of the public internet', () => {
  it('are those that are not set apart for something else', () => {
    for (const address of ['8.8.8.8', '194.247.192.33', '2a00:1450:4001:81b::200e', '172.32.0.1', '100.128.0.1'])
      expect(isPublicAddress(address), address).to.equal(true);
  });

  it('are none of this machine, of our networks, or of translations into them', () => {
    for (const address of [
      '127.0.0.1',
      '127.255.255.254',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      '::',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      'fe80::1',
      'fd00::1',
      'ff02::1',
      'localhost',
      '',
    ])
      expect(isPublicAddress(address), address).to.equal(false);
  });
});

describe('a request that a stranger’s document causes', function () {
  this.timeout(10_000);
  let server: Server;
  let origin: string;
  let handler: RequestListener;
  const limits = { milliseconds: 2000, bytes: 1000, isAllowed: (address: string) => address === '127.0.0.1' };

  before(async () => {
    server = createServer((request, response) => handler(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('brings what is there', async () => {
    handler = (_, response) => response.end('here');
    expect(text(await publicRequest({ url: `${origin}/a` }, limits))).to.equal('here');
  });

  it('goes to no address of our own network, however it is written', async () => {
    let asked = 0;
    handler = (_, response) => {
      asked++;
      response.end('secret');
    };
    const { port } = server.address() as AddressInfo;
    const { isAllowed: _, ...strict } = limits;
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f.1:${port}/`,
      `http://0177.0.0.1:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://user:pass@127.0.0.1:${port}/`,
      `ftp://127.0.0.1:${port}/`,
      'file:///etc/passwd',
      'ldap://127.0.0.1/cn=a',
      'javascript:1',
      'not an address',
      '',
    ])
      expect(text(await publicRequest({ url }, strict)), url).to.equal('ADDRESS_REFUSED');
    expect(asked).to.equal(0);
  });

  it('follows a redirect, but not into our own network, and not for ever', async () => {
    handler = (request, response) =>
      request.url === '/there' ? response.end('there') : response.writeHead(302, { Location: '/there' }).end();
    expect(text(await publicRequest({ url: `${origin}/here` }, limits))).to.equal('there');
    handler = (_, response) => response.writeHead(302, { Location: 'http://127.0.0.2:1/' }).end();
    expect(text(await publicRequest({ url: origin }, limits))).to.equal('ADDRESS_REFUSED');
    handler = (_, response) => response.writeHead(301, { Location: '/again' }).end();
    expect(text(await publicRequest({ url: origin }, limits))).to.equal('ADDRESS_REFUSED');
  });

  it('ends when nothing comes, when too much comes, and when it comes too slowly', async () => {
    handler = () => undefined;
    const hasty = { ...limits, milliseconds: 200 };
    expect(text(await publicRequest({ url: origin }, hasty))).to.equal('TIMED_OUT');
    handler = (_, response) => response.end(Buffer.alloc(1001));
    expect(text(await publicRequest({ url: origin }, limits))).to.equal('TOO_LARGE');
    handler = (_, response) => {
      const drop = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(drop));
    };
    expect(text(await publicRequest({ url: origin }, hasty))).to.equal('TIMED_OUT');
  });

  it('says so when there is nothing, or nobody', async () => {
    handler = (_, response) => response.writeHead(404).end();
    expect(text(await publicRequest({ url: origin }, limits))).to.equal('NOT_FOUND');
    handler = (_, response) => response.writeHead(503).end();
    expect(text(await publicRequest({ url: origin }, limits))).to.equal('UNREACHABLE');
    expect(text(await publicRequest({ url: 'http://127.0.0.1:1/' }, limits))).to.equal('UNREACHABLE');
  });
});
