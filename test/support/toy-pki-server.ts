import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeWholeAsn1, octetsOf, sequenceOf } from '../../src/standards/formats/asn1/index.ts';
import {
  type CertificateHolder,
  grantedTimestamp,
  issueTimestampToken,
  readTimestampRequest,
  refusedStatusResponse,
  refusedTimestamp,
} from '../../src/standards/seals/index.ts';
import { type ToyPki, toyPki } from './toy-pki.ts';
import { toyStatusResponse, toyTimestampPolicy } from './toy-statements.ts';

/** What an endpoint does instead of answering. */
export type EndpointFault = 'missing' | 'error' | 'hangs' | 'garbage' | 'endless';

/**
 * The toy PKI over HTTP on loopback, one port: `/root.cer`, `/root.crl`, `/issuer-N.cer`, `/issuer-N.crl`, `/ocsp` (POST
 * and GET), `/tsa`. `faults` makes a path misbehave; `requests` lists what was asked, in order.
 * @param isSilent certificates name no addresses: for a service that may not ask loopback for revocation data
 */
export async function serveToyPki(options: { at?: Date; clock?: () => Date; isSilent?: boolean } = {}) {
  const faults = new Map<string, EndpointFault>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/^(\/ocsp)\/.*/, '$1');
    requests.push(`${request.method} ${path}`);
    const fault = faults.get(path);
    if (fault) misbehave(fault, response);
    else answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pki = await toyPki({ ...(options.isSilent ? {} : { url }), ...(options.at ? { at: options.at } : {}) });
  const clock = options.clock ?? (() => pki.at);
  const issuers = new Map([pki.root, pki.intermediate].map((issuer) => [issuer.serialNumber, issuer]));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (path === '/tsa')
      return send(response, 'application/timestamp-reply', await stamp(pki, await bodyOf(request), clock()));
    if (path.startsWith('/ocsp')) {
      const asked = request.method === 'POST' ? await bodyOf(request) : fromPath(path);
      return send(response, 'application/ocsp-response', await statusAnswer(pki, asked, clock()));
    }
    const issuer = issuerOf(path);
    if (!issuer) return void response.writeHead(404).end();
    if (path.endsWith('.cer')) return send(response, 'application/pkix-cert', issuer.signer.chain[0]);
    return send(response, 'application/pkix-crl', await pki.crl({ issuer, thisUpdate: clock() }));
  }

  function issuerOf(path: string): CertificateHolder | undefined {
    const [, name, serialNumber] = /^\/(root|issuer-(\d+))\.(?:cer|crl)$/.exec(path) ?? [];
    if (name === 'root') return pki.root;
    return serialNumber ? issuers.get(BigInt(serialNumber)) : undefined;
  }

  return {
    ...pki,
    url,
    faults,
    requests,
    /** Lets an authority of the test's own making be found under its address. */
    publish: (issuer: CertificateHolder) => void issuers.set(issuer.serialNumber, issuer),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type ServedToyPki = Awaited<ReturnType<typeof serveToyPki>>;

async function stamp(pki: ToyPki, bytes: Uint8Array, now: Date): Promise<Uint8Array> {
  try {
    const { messageImprint, nonce, certificatesWanted } = readTimestampRequest(bytes);
    const token = await issueTimestampToken(
      {
        policy: toyTimestampPolicy,
        messageImprint,
        serialNumber: BigInt(now.getTime()) * 1000n,
        productionTime: now,
        accuracy: 1,
        includeCertificates: certificatesWanted,
        ...(nonce === undefined ? {} : { nonce }),
      },
      pki.timestampAuthority.signer,
    );
    return grantedTimestamp(token);
  } catch (error) {
    return refusedTimestamp('badRequest', String(error));
  }
}

/** The answer about the first certificate asked for, by the toy responder. */
async function statusAnswer(pki: ToyPki, bytes: Uint8Array, now: Date): Promise<Uint8Array> {
  const asked = readStatusRequest(bytes);
  if (!asked) return refusedStatusResponse(1);
  const { certificateId, serialNumber, nonce } = asked;
  return toyStatusResponse(certificateId, pki.status(serialNumber), pki.statusResponder, now, {
    ...(nonce ? { nonce } : {}),
  });
}

/** OCSPRequest (RFC 6960 4.1.1): optional elements are skipped by their tags. */
function readStatusRequest(bytes: Uint8Array) {
  try {
    const members = sequenceOf(sequenceOf(decodeWholeAsn1(bytes))[0]);
    const [id] = sequenceOf(sequenceOf(members.find(({ tagClass }) => tagClass === 0))[0]);
    const serial = sequenceOf(id)[3];
    const extensions = members.find(({ tagClass, tag }) => tagClass === 2 && tag === 2);
    return {
      certificateId: id?.bytes ?? new Uint8Array(),
      serialNumber: BigInt(`0x${Buffer.from(serial?.content ?? []).toString('hex')}`),
      nonce: extensions && nonceOf(extensions.content),
    };
  } catch {
    return undefined; // the caller answers malformedRequest
  }
}

function nonceOf(extensions: Uint8Array): Uint8Array | undefined {
  for (const extension of sequenceOf(decodeWholeAsn1(extensions))) {
    const [type, value] = sequenceOf(extension);
    if (Buffer.from(type?.content ?? []).toString('hex') === '2b0601050507300102' && value)
      return octetsOf(decodeWholeAsn1(octetsOf(value)));
  }
  return undefined;
}

const fromPath = (path: string) => Buffer.from(decodeURIComponent(path.slice('/ocsp/'.length)), 'base64');

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, type: string, body: Uint8Array): void {
  response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
}

function misbehave(fault: EndpointFault, response: ServerResponse): void {
  switch (fault) {
    case 'missing':
      return void response.writeHead(404).end();
    case 'error':
      return void response.writeHead(500).end();
    case 'garbage':
      return void response.writeHead(200).end('<html>Log in to the network first</html>');
    case 'hangs':
      return;
    case 'endless': {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65536)));
      };
      response.on('drain', more);
      more();
    }
  }
}
