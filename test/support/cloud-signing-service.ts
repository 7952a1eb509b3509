import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CertificateHolder } from '../../src/standards/seals/index.ts';
import { emptyFolder } from './folders.ts';
import { type NodeKeyKind, toyKey } from './toy-keys.ts';
import type { ToyPki } from './toy-pki.ts';

/** A credential of the service. */
export interface ServedCredential {
  readonly id: string;
  readonly key: NodeKeyKind;
  /** The name that the toy PKI knows the holder by. */
  readonly name: string;
  readonly mode?: 'implicit' | 'explicit' | 'oauth2code';
  readonly pin?: string;
  readonly asksOtp?: boolean;
  readonly scal?: '1' | '2';
  readonly multisign?: number;
  readonly status?: 'enabled' | 'disabled';
  readonly certificateStatus?: 'valid' | 'expired' | 'revoked' | 'suspended';
  /** Only what the service lists of its algorithms; the key's own when left out. */
  readonly algorithms?: readonly string[];
}

export const cloudClient = { clientId: 'trajno', clientSecret: 'tajna klijenta' };

/** What a path does instead of answering. */
export type CloudFault =
  | 'redirects'
  | 'endless'
  | 'hangs'
  | 'garbage'
  | 'unavailable'
  | 'another-signature'
  | 'too-few';

interface Activation {
  readonly credentialId: string;
  readonly hashes: readonly string[];
  readonly endsAt: number;
  left: number;
}

const digestNames: Record<string, string> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

/**
 * A remote signing service by the Cloud Signature Consortium API, version 2, over real HTTP on loopback: OAuth 2 with client
 * credentials and authorization codes with PKCE, info, credentials/list, info, authorize, signatures/signHash and
 * timestamp. It checks everything that it says it checks: tokens, PINs, activation data, their digests, number and end.
 */
export async function serveCloudSigning(pki: ToyPki, credentials: readonly ServedCredential[], clock = () => pki.at) {
  const folder = emptyFolder();
  const faults = new Map<string, CloudFault>();
  const requests: string[] = [];
  const signedTogether: number[] = [];
  const metadata = { byIssuer: false, wrongIssuer: false };
  const lifetimes = { accessToken: 3600, activation: 300 };
  const tokens = new Map<string, { endsAt: number; activation?: Activation }>();
  const codes = new Map<string, { challenge: string; redirectUri: string; activation: Activation }>();
  const activations = new Map<string, Activation>();
  const holders = new Map<string, CertificateHolder>();
  for (const { id, key, name } of credentials) {
    holders.set(id, await pki.signer({ key, name }));
    writeFileSync(
      join(folder, `${id}.pem`),
      toyKey(key, `Igračka PKI ${name}`).export({ type: 'pkcs8', format: 'pem' }),
    );
  }
  const seconds = (count: number) => clock().getTime() + count * 1000;
  const fresh = (activation?: Activation) => {
    const value = randomBytes(24).toString('base64url');
    tokens.set(value, { endsAt: seconds(lifetimes.accessToken), ...(activation ? { activation } : {}) });
    return value;
  };
  const credentialOf = (id: unknown) => {
    const found = credentials.find((each) => each.id === id);
    if (!found) throw new Refusal(400, 'invalid_request', 'Invalid parameter credentialID');
    return found;
  };

  function form(fields: URLSearchParams): object {
    if (fields.get('client_id') !== cloudClient.clientId || fields.get('client_secret') !== cloudClient.clientSecret)
      throw new Refusal(401, 'invalid_client', 'Client authentication failed');
    if (fields.get('grant_type') === 'client_credentials')
      return { access_token: fresh(), token_type: 'Bearer', expires_in: lifetimes.accessToken };
    if (fields.get('grant_type') !== 'authorization_code')
      throw new Refusal(400, 'unsupported_grant_type', 'Grant type');
    const code = fields.get('code') ?? '';
    const begun = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(fields.get('code_verifier') ?? '')
      .digest('base64url');
    if (!begun || begun.challenge !== challenge || begun.redirectUri !== fields.get('redirect_uri'))
      throw new Refusal(400, 'invalid_grant', 'The code, its verifier or redirect_uri is another one');
    return { access_token: fresh(begun.activation), token_type: 'Bearer', expires_in: lifetimes.activation };
  }

  /** The user, who is at the page of the service, agrees at once. */
  function authorizePage(query: URLSearchParams, response: ServerResponse): void {
    const hashes = (query.get('hashes') ?? '')
      .split(',')
      .map((hash) => Buffer.from(hash, 'base64url').toString('base64'));
    const credential = credentialOf(query.get('credentialID'));
    const isComplete =
      query.get('response_type') === 'code' &&
      query.get('client_id') === cloudClient.clientId &&
      query.get('scope') === 'credential' &&
      query.get('code_challenge_method') === 'S256' &&
      Number(query.get('numSignatures')) === hashes.length &&
      digestNames[query.get('hashAlgorithmOID') ?? ''] !== undefined;
    if (!isComplete) throw new Refusal(400, 'invalid_request', 'A parameter is missing or another one');
    const code = randomBytes(16).toString('base64url');
    const activation = {
      credentialId: credential.id,
      hashes,
      left: hashes.length,
      endsAt: seconds(lifetimes.activation),
    };
    const redirectUri = query.get('redirect_uri') ?? '';
    codes.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri, activation });
    const back = new URLSearchParams({ code, state: query.get('state') ?? '' });
    response.writeHead(302, { location: `${redirectUri}?${back}` }).end();
  }

  function bearer(request: IncomingMessage): { activation?: Activation } {
    const token = tokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (!token || token.endsAt <= clock().getTime())
      throw new Refusal(401, 'invalid_token', 'The access token has expired');
    return token;
  }

  const hashesOf = (body: Body): string[] => {
    const hashes = Array.isArray(body.hashes) ? body.hashes.map(String) : [];
    if (hashes.length === 0)
      throw new Refusal(400, 'invalid_request', 'Missing (or invalid type) array parameter hashes');
    return hashes;
  };

  function authorize(body: Body): object {
    const credential = credentialOf(body.credentialID);
    const { id, mode = 'explicit', pin, asksOtp, scal = '2', multisign = 1 } = credential;
    if (mode === 'oauth2code') throw new Refusal(400, 'invalid_request', 'The credential is authorized by oauth2code');
    const answers = (Array.isArray(body.authData) ? body.authData : []) as { id: string; value: string }[];
    if (mode === 'explicit' && answers.find((each) => each.id === 'PIN')?.value !== pin)
      throw new Refusal(400, 'invalid_pin', 'The PIN is invalid');
    if (asksOtp) throw new Refusal(400, 'invalid_otp', 'The OTP is invalid');
    const hashes = scal === '2' || body.hashes ? hashesOf(body) : [];
    const left = Number(body.numSignatures);
    if (!(left >= 1 && left <= multisign))
      throw new Refusal(400, 'invalid_request', 'Numbers of signatures is too high');
    if (scal === '2' && hashes.length !== left)
      throw new Refusal(400, 'invalid_request', 'numSignatures and hashes differ');
    const SAD = randomBytes(24).toString('base64url');
    activations.set(SAD, { credentialId: id, hashes, left, endsAt: seconds(lifetimes.activation) });
    return { SAD, expiresIn: lifetimes.activation };
  }

  async function signHash(
    body: Body,
    token: { activation?: Activation },
    fault: CloudFault | undefined,
  ): Promise<object> {
    const credential = credentialOf(body.credentialID);
    const hashes = hashesOf(body);
    const activation = body.SAD ? activations.get(String(body.SAD)) : token.activation;
    if (!activation || activation.credentialId !== credential.id)
      throw new Refusal(400, 'invalid_request', 'Invalid parameter SAD');
    if (activation.endsAt <= clock().getTime()) throw new Refusal(400, 'invalid_request', 'SAD expired');
    if (activation.left < hashes.length)
      throw new Refusal(400, 'invalid_request', 'Invalid parameter SAD: it is used up');
    if (activation.hashes.length > 0 && !hashes.every((hash) => activation.hashes.includes(hash)))
      throw new Refusal(400, 'invalid_request', 'Hash is not authorized by the SAD');
    activation.left -= hashes.length;
    signedTogether.push(hashes.length);
    const digest = digestNames[String(body.hashAlgorithmOID)];
    if (!digest) throw new Refusal(400, 'invalid_request', 'Invalid parameter hashAlgorithmOID');
    const isPss = body.signAlgo === '1.2.840.113549.1.1.10';
    if (isPss && !body.signAlgoParams) throw new Refusal(400, 'invalid_request', 'Missing parameter signAlgoParams');
    const given = fault === 'another-signature' ? [createHash(digest).update('друго').digest('base64')] : hashes;
    const signatures: string[] = [];
    for (const hash of given) {
      const value = await signedBy(join(folder, `${credential.id}.pem`), Buffer.from(hash, 'base64'), digest, isPss);
      signatures.push(value.toString('base64'));
    }
    return { signatures: fault === 'too-few' ? signatures.slice(1) : signatures };
  }

  async function stamp(body: Body): Promise<object> {
    const digest = digestNames[String(body.hashAlgo)] as 'sha256' | 'sha384' | 'sha512';
    const value = Buffer.from(String(body.hash), 'base64').toString('hex');
    const nonce = BigInt(`0x${String(body.nonce)}`);
    const token = await pki.timestamps({ nonce, at: clock() })({ algorithm: digest, value });
    return { timestamp: Buffer.from(token).toString('base64') };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const path = pathname.replace(/^\/csc\/v2\//, '');
    requests.push(path);
    const fault = faults.get(path);
    if (fault && misbehave(fault, response)) return;
    if (pathname === '/.well-known/oauth-authorization-server/auth') {
      const issuer = metadata.wrongIssuer ? 'https://another.example/auth' : `${url}/auth`;
      const [authorize, token] = ['authorize', 'token'].map((each) => `${url}/auth/oauth2/${each}`);
      return send(response, 200, { issuer, authorization_endpoint: authorize, token_endpoint: token });
    }
    if (pathname === '/auth/oauth2/authorize') return authorizePage(searchParams, response);
    const text = await textOf(request);
    if (pathname === '/auth/oauth2/token') return send(response, 200, form(new URLSearchParams(text)));
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json')
      throw new Refusal(400, 'invalid_request', 'POST with JSON');
    const body = JSON.parse(text) as Body;
    if (path === 'info') return send(response, 200, info(`${url}/auth`, metadata.byIssuer));
    const token = bearer(request);
    switch (path) {
      case 'credentials/list': {
        const start = Number(body.pageToken ?? 0);
        const more = start + 1 < credentials.length ? { nextPageToken: String(start + 1) } : {};
        const page = credentials.slice(start, start + 1).map(({ id }) => id);
        return send(response, 200, { credentialIDs: page, ...more });
      }
      case 'credentials/info': {
        const credential = credentialOf(body.credentialID);
        return send(response, 200, credentialInfo(credential, holders.get(credential.id) as CertificateHolder, pki));
      }
      case 'credentials/authorize':
        return send(response, 200, authorize(body));
      case 'signatures/signHash':
        return send(response, 200, await signHash(body, token, fault));
      case 'signatures/timestamp':
        return send(response, 200, await stamp(body));
      default:
        throw new Refusal(501, 'not_implemented', 'The method is not implemented');
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      const { status = 500, code = 'server_error' } = error instanceof Refusal ? error : {};
      send(response, status, { error: code, error_description: String(error.message) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: `${url}/csc/v2/`,
    faults,
    /** Paths that were asked, in order. */
    requests,
    /** How many digests each signHash had. */
    signedTogether,
    lifetimes,
    /** How the authorization server is named. */
    metadata,
    close: () =>
      new Promise<void>((resolve) => {
        rmSync(folder, { recursive: true, force: true });
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Body = Record<string, unknown>;

const info = (server: string, byIssuer: boolean) => ({
  specs: '2.0.0.2',
  name: 'Пробни сервис',
  logo: 'http://127.0.0.1/logo.png',
  region: 'RS',
  lang: 'sr-Cyrl',
  description: 'Сервис за проверу',
  authType: ['oauth2code', 'oauth2client'],
  ...(byIssuer ? { oauth2Issuer: server } : { oauth2: server }),
  methods: [
    'credentials/list',
    'credentials/info',
    'credentials/authorize',
    'signatures/signHash',
    'signatures/timestamp',
  ],
});

function credentialInfo(credential: ServedCredential, holder: CertificateHolder, pki: ToyPki): object {
  const { key, mode = 'explicit', scal = '2', multisign = 1, status = 'enabled', asksOtp } = credential;
  const own = key.startsWith('rsa') ? ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11'] : ['1.2.840.10045.4.3.2'];
  const chain = [...holder.signer.chain, pki.intermediate.signer.chain[0], pki.root.signer.chain[0]];
  const distinct = new Set(chain.map((der) => Buffer.from(der).toString('base64')));
  return {
    description: credential.name,
    signatureQualifier: 'eu_eidas_qeseal',
    key: { status, algo: credential.algorithms ?? own, len: 2048 },
    cert: { status: credential.certificateStatus ?? 'valid', certificates: [...distinct] },
    auth: {
      mode,
      expression: asksOtp ? 'PIN AND OTP' : 'PIN',
      objects: [
        { type: 'Password', id: 'PIN', format: 'N', label: 'PIN' },
        ...(asksOtp ? [{ type: 'Password', id: 'OTP', format: 'N', label: 'OTP', generator: 'totp' }] : []),
      ],
    },
    SCAL: scal,
    multisign,
    lang: 'sr-Cyrl',
  };
}

/** A signature over a digest that was made elsewhere, which node:crypto has no function for. */
async function signedBy(keyFile: string, hash: Buffer, digest: string, isPss: boolean): Promise<Buffer> {
  const input = `${keyFile}-${randomBytes(8).toString('hex')}`;
  writeFileSync(input, hash);
  const pss = isPss ? ['-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt', 'rsa_pss_saltlen:digest'] : [];
  const given = ['pkeyutl', '-sign', '-inkey', keyFile, '-in', input, ...pss, '-pkeyopt', `digest:${digest}`];
  const { stdout } = await promisify(execFile)('openssl', given, { encoding: 'buffer' });
  rmSync(input);
  return stdout;
}

/** @returns whether it answered already */
function misbehave(fault: CloudFault, response: ServerResponse): boolean {
  switch (fault) {
    case 'redirects':
      response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end();
      return true;
    case 'endless': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(65536), () => setImmediate(more));
      };
      more();
      return true;
    }
    case 'hangs':
      return true;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Пријава</html>');
      return true;
    case 'unavailable':
      send(response, 503, { error: 'temporarily_unavailable', error_description: 'Maintenance' });
      return true;
    default:
      return false;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
