import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A real OpenID Connect provider on loopback, in which anyone signs in as who they say. */
export interface RunningProvider {
  readonly issuer: string;
  /** Signs in at the provider as this subject. @returns the address that it sends the browser back to */
  visit(address: string, subject: string): Promise<URL>;
  close(): Promise<void>;
}

/** @param redirectUri where the client may be sent back to @param claims of every ID token */
export async function runProvider(redirectUri: string, claims: object): Promise<RunningProvider> {
  const server: Server = createServer((request, response) => callback?.(request, response));
  let callback: ReturnType<Provider['callback']> | undefined;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' };
  const warn = console.warn;
  console.warn = () => undefined; // it prefers a newer Node
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'trajno',
        client_secret: 'tajna-klijenta',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [jwk as never] },
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ['sub', ...Object.keys(claims)] },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, ...claims }) }),
  });
  callback = provider.callback();
  console.warn = warn;
  return {
    issuer,
    visit: (address, subject) => visit(address, subject, issuer),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Follows the provider's own pages for development: signs in, and agrees. */
async function visit(address: string, subject: string, issuer: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let next: { url: string; body?: URLSearchParams } = { url: address };
  for (let step = 0; step < 12; step++) {
    const response: Response = await fetch(next.url, {
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.body ? { method: 'POST', body: next.body } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location) {
      const url = new URL(location, issuer);
      if (url.origin !== issuer) return url;
      next = { url: url.href };
      continue;
    }
    const page = await response.text();
    const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(page) ?? [];
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'consent';
    if (!action) throw new Error(`the provider says: ${page.slice(0, 300)}`);
    next = { url: new URL(action, issuer).href, body: new URLSearchParams({ prompt, login: subject, password: 'x' }) };
  }
  throw new Error('the provider goes in circles');
}
