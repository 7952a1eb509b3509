import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import {
  type AuthoritySettings,
  builtInAuthority,
  onlineMaterial,
  remoteAuthority,
  type TimestampAuthority,
  timestampAuthorities,
} from '../../../../src/archive/trust-services/index.ts';
import { readTimestampToken } from '../../../../src/standards/formats/tsp/index.ts';
import { emptyFolder } from '../../../support/folders.ts';
import { serveToyPki } from '../../../support/toy-pki-server.ts';

const imprint = { algorithm: 'SHA512' as const, value: createHash('sha512').update('батч').digest() };

describe('time-stamping authorities', () => {
  let served: Awaited<ReturnType<typeof serveToyPki>>;
  let now: Date;
  const clock = () => now;

  before(async () => {
    served = await serveToyPki();
    now = served.at;
  });
  after(() => served.close());

  const remote = (settings: Partial<AuthoritySettings> = {}, anchors = served.anchors): TimestampAuthority =>
    remoteAuthority(
      { name: 'remote', url: `${served.url}/tsa`, ...settings },
      { clock, anchors: async () => anchors, source: onlineMaterial(clock, undefined, () => true) },
    );
  const failureOf = (authority: TimestampAuthority) =>
    authority.stamp(imprint).then(
      () => 'none',
      (error) => String(error.failure ?? error),
    );

  it('stamp a digest, and the token is checked with revocation data that was fetched and is kept', async () => {
    const { token, authority, isTest, expiresAt, material } = await remote().stamp(imprint);
    expect(readTimestampToken(token).imprint).to.deep.equal(new Uint8Array(imprint.value));
    expect([authority, isTest]).to.deep.equal(['remote', false]);
    expect(expiresAt.getTime()).to.be.greaterThan(now.getTime());
    expect(material.crls.length + material.ocspResponses.length).to.be.greaterThan(0);
  });

  it('do not count when nobody trusts them', async () => {
    expect(await failureOf(remote({}, []))).to.equal('NOT_TRUSTED');
  });

  it('do not count when they answer under another policy', async () => {
    expect(await failureOf(remote({ policy: '1.2.3.4' }))).to.be.oneOf(['REFUSED', 'POLICY_DIFFERS']);
  });

  for (const [fault, failure] of [
    ['missing', 'UNREACHABLE'],
    ['error', 'UNREACHABLE'],
    ['garbage', 'ANSWER_BROKEN'],
  ] as const)
    it(`say why they gave nothing: ${fault}`, async () => {
      served.faults.set('/tsa', fault);
      try {
        expect(await failureOf(remote())).to.equal(failure);
      } finally {
        served.faults.delete('/tsa');
      }
    });

  it('do not count when they answer with an older token of another nonce', async () => {
    const kept = await replaying(`${served.url}/tsa`);
    try {
      const authority = remote({ url: kept.url });
      await authority.stamp(imprint);
      expect(await failureOf(authority)).to.equal('NONCE_DIFFERS');
      expect(await authority.stamp({ ...imprint, value: Buffer.alloc(64) }).catch(({ failure }) => failure)).to.equal(
        'NONCE_DIFFERS',
      );
    } finally {
      await kept.close();
    }
  });

  it('are asked with the name and password of the contract, which follow no redirect', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { Location: `${served.url}/tsa` }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await failureOf(remote({ url, username: 'архив', password: 'тајна' }))).to.equal('UNREACHABLE');
    expect(seen).to.deep.equal([`Basic ${Buffer.from('архив:тајна').toString('base64')}`]);
    await new Promise((resolve) => server.close(resolve));
  });

  it('follow one another in order of preference; one that fails rests for longer each time', async () => {
    const told: string[] = [];
    const first = remote({ name: 'first', url: 'http://127.0.0.1:1/' });
    const authorities = timestampAuthorities([first, remote({ name: 'second' })], clock, (name) => told.push(name));
    const ask = async () => (await authorities.stamp(imprint)).authority;
    expect([await ask(), await ask()]).to.deep.equal(['second', 'second']);
    expect(told).to.deep.equal(['first']);
    now = new Date(now.getTime() + 6000);
    expect(await ask()).to.equal('second');
    now = new Date(now.getTime() + 6000);
    await ask();
    expect(told).to.deep.equal(['first', 'first']);
    expect(authorities.health().map(({ failures, stamped }) => [failures, stamped])).to.deep.equal([
      [2, 0],
      [0, 4],
    ]);
  });

  it('that rest are asked when nobody else is left, and the refusal names each', async () => {
    const authorities = timestampAuthorities([remote({ name: 'only', url: 'http://127.0.0.1:1/' })], clock);
    for (const _ of [1, 2]) {
      const error = await authorities.stamp(imprint).catch((thrown) => thrown);
      expect(error.code).to.equal('TIMESTAMP_UNAVAILABLE');
      expect(error.message).to.contain('only: UNREACHABLE');
    }
    expect(authorities.health()[0]?.failures).to.equal(2);
  });

  it('can be left out by name', async () => {
    const authorities = timestampAuthorities([remote({ name: 'first' }), remote({ name: 'second' })], clock);
    expect((await authorities.stamp(imprint, ['first'])).authority).to.equal('second');
  });

  it('are a built-in one, which says that it is a test, where none is configured', async () => {
    const { isTest, authority } = await builtInAuthority(emptyFolder(), clock).stamp(imprint);
    expect([isTest, authority]).to.deep.equal([true, 'built-in test authority']);
  });
});

/** Answers every request with what the first one was answered. */
async function replaying(target: string) {
  let kept: Buffer | undefined;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    kept ??= Buffer.from(
      await (
        await fetch(target, {
          method: 'POST',
          body: Buffer.concat(parts),
          headers: { 'Content-Type': 'application/timestamp-query' },
        })
      ).arrayBuffer(),
    );
    response.end(kept);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
