import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect } from 'chai';
import { limitClients } from '../../src/service/http/index.ts';

describe('slow clients', () => {
  let server: Server;
  let received = 0;
  before(async () => {
    server = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
      });
      request.on('end', () => response.end('done'));
      request.on('error', () => undefined);
    });
    limitClients(server, { bytes: 100, perMilliseconds: 150 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  /** Sends a body of 2,000 bytes in steps. @returns what came back before the connection ended */
  const send = (bytesAtOnce: number, everyMilliseconds: number) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2000\r\n\r\n');
      let sent = 0;
      const timer = setInterval(() => {
        if (sent >= 2000) return;
        socket.write('a'.repeat(bytesAtOnce));
        sent += bytesAtOnce;
      }, everyMilliseconds);
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        resolve(answer);
      });
    });

  it('are waited for as long as their bytes keep coming', async () => {
    expect(await send(200, 60)).to.include('done');
  });

  it('are let go when their bytes come by drops', async () => {
    received = 0;
    expect(await send(1, 40)).to.equal('');
    expect(received).to.be.lessThan(2000);
  });
});
