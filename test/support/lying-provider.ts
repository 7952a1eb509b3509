import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the provider puts into its ID tokens beside what is right, and the key that it signs with. */
export interface Lie {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

/** An OpenID Connect provider that says whatever a test wants it to. */
export interface LyingProvider {
  readonly issuer: string;
  /** Whose token the next code gives, and what is wrong with it. */
  say(nonce: string, lie: Lie): void;
  close(): Promise<void>;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function runLyingProvider(): Promise<LyingProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'now', alg: 'RS256', use: 'sig' };
  let said: { nonce: string; lie: Lie } = { nonce: '', lie: {} };
  let issuer = '';
  const idToken = () => {
    const seconds = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, aud: 'trajno', sub: 'građanin', nonce: said.nonce, iat: seconds, exp: seconds + 60 };
    const signed = `${part({ alg: 'RS256', kid: 'now' })}.${part({ ...right, ...said.lie.claims })}`;
    return `${signed}.${createSign('sha256')
      .update(signed)
      .sign(said.lie.key ?? privateKey, 'base64url')}`;
  };
  const answers: Record<string, () => object> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': () => ({ keys: [jwk] }),
    '/token': () => ({ access_token: 'x', token_type: 'Bearer', id_token: idToken() }),
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    say: (nonce, lie) => {
      said = { nonce, lie };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
