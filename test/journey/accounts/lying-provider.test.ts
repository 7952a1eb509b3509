import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import { expect } from 'chai';
import supertest from 'supertest';
import { identityProvider } from '../../../src/archive/administration/index.ts';
import { type RunningService, runService } from '../../api/running-service.ts';
import { type Lie, type LyingProvider, runLyingProvider } from '../../support/lying-provider.ts';

describe('a provider that lies, or someone in its place', function () {
  this.timeout(60_000);
  let service: RunningService;
  let provider: LyingProvider;
  let server: Server;
  before(async () => {
    service = await runService();
    provider = await runLyingProvider();
    const settings = {
      issuer: provider.issuer,
      clientId: 'trajno',
      clientSecret: 'tajna',
      profile: 'generic' as const,
    };
    const publicOrigin = 'https://arhiv.example.rs';
    server = service.appWith({ publicOrigin, identityProvider: identityProvider(settings) });
  });
  after(async () => {
    await provider?.close();
    await service.close();
  });

  async function answered(lie: Lie): Promise<{ status: number; text: string }> {
    const agent = supertest.agent(server).set('Sec-Fetch-Site', 'same-origin');
    const away = await agent.post('/sign-in/provider').type('form').send({});
    const asked = new URL(String(away.headers.location)).searchParams;
    provider.say(asked.get('nonce') ?? '', lie);
    return agent.get('/sign-in/provider').query({ code: 'x', state: asked.get('state') ?? '' });
  }

  it('is believed when all is right, and then asks for a linked account', async () => {
    const { status, text } = await answered({});
    expect(status).to.equal(401);
    expect(text).to.include('role="alert"');
  });

  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);
  const lies: Record<string, Lie> = {
    'another nonce': { claims: { nonce: 'x'.repeat(43) } },
    'no nonce': { claims: { nonce: undefined } },
    'another audience': { claims: { aud: 'someone-else' } },
    'another issuer': { claims: { iss: 'https://evil.example' } },
    'a token that has ended': { claims: { iat: now - 2 * hour, exp: now - hour } },
    'a token without an end': { claims: { exp: undefined } },
    'no subject': { claims: { sub: undefined } },
    'a key that is not, or no longer, the provider’s': {
      key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    },
  };
  for (const [what, lie] of Object.entries(lies))
    it(`refuses ${what}`, async () => {
      expect((await answered(lie)).status).to.equal(502);
    });
});
