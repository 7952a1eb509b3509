import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadTrustedLists } from '../../../../../src/archive/trust-services/index.ts';
import type { CertificateHolder } from '../../../../../src/standards/seals/index.ts';
import { emptyFolder } from '../../../../support/folders.ts';
import { toyPki } from '../../../../support/toy-pki.ts';
import { type ListOptions, signedTrustedList, trustedListXml } from '../../../../support/trusted-list.ts';

const now = new Date('2026-11-24T12:00:00Z');
const listOfLists = 'http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists';

describe('trusted lists that are configured', () => {
  let pki: Awaited<ReturnType<typeof toyPki>>;
  let operator: CertificateHolder;
  let national: CertificateHolder;
  let server: Server;
  let url: string;
  const served = new Map<string, Uint8Array>();

  before(async () => {
    pki = await toyPki();
    operator = await pki.signer({ name: 'Operater liste lista' });
    national = await pki.signer({ name: 'Operater liste' });
    server = createServer(({ url: path = '' }, response) => {
      const bytes = served.get(path);
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  beforeEach(() => served.clear());

  const services = () => [{ holder: pki.intermediate }];
  const pointingTo = (location: string, signer = national, territory = 'RS'): ListOptions => ({
    territory: 'EU',
    type: listOfLists,
    pointers: [{ location, territory, signers: [signer] }],
  });

  /** Loads files of these contents, with the operator's certificate as the configured signer. */
  async function load(
    files: Record<string, Uint8Array>,
    more: { sources?: string[]; folder?: string; online?: boolean; at?: Date } = {},
  ) {
    const folder = more.folder ?? emptyFolder();
    const lists = join(folder, 'liste');
    mkdirSync(lists, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(lists, name), bytes);
    const signers = join(folder, 'operater.pem');
    writeFileSync(signers, new X509Certificate(operator.signer.chain[0]).toString());
    const loaded = await loadTrustedLists(
      {
        sources: more.sources ?? [lists],
        signers,
        cacheFolder: join(folder, 'kes'),
        online: more.online ?? true,
        isAllowed: () => true,
      },
      () => more.at ?? now,
    );
    return {
      lists: loaded.lists.map(({ territory, sequenceNumber }) => `${territory} ${sequenceNumber}`),
      refused: loaded.refused.map(({ refusal }) => refusal),
    };
  }

  const nothing = (refusal: string) => ({ lists: [], refused: [refusal] });

  it('are used when one of the configured certificates signed them', async () => {
    const list = await signedTrustedList({ services: services() }, operator);
    expect(await load({ 'rs.xml': list })).to.deep.equal({ lists: ['RS 7'], refused: [] });
  });

  it('are not used unsigned', async () => {
    expect(await load({ 'rs.xml': trustedListXml({ services: services() }) })).to.deep.equal(nothing('UNSIGNED'));
  });

  it('are not used when a stranger signed them', async () => {
    const list = await signedTrustedList({ services: services() }, national);
    expect(await load({ 'rs.xml': list })).to.deep.equal(nothing('SIGNER_UNKNOWN'));
  });

  it('are not used when someone signed them whom a signer certified', async () => {
    const below = await pki.signer({ issuer: operator, name: 'Neko ispod operatera' });
    expect(await load({ 'rs.xml': await signedTrustedList({ services: services() }, below) })).to.deep.equal(
      nothing('SIGNER_UNKNOWN'),
    );
  });

  it('are not used when a letter of them was changed', async () => {
    const list = Buffer.from(await signedTrustedList({ services: services() }, operator)).toString('utf8');
    const changed = Buffer.from(
      list.replace('/withdrawn', '/granted').replace('Svcstatus/granted', 'Svcstatus/Granted'),
    );
    expect(await load({ 'rs.xml': changed })).to.deep.equal(nothing('SIGNATURE_INVALID'));
  });

  it('are not used when two signed them', async () => {
    const list = Buffer.from(await signedTrustedList({ services: services() }, operator)).toString('utf8');
    const [signature = ''] = /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(list) ?? [];
    const twice = Buffer.from(list.replace('</TrustServiceStatusList>', `${signature}</TrustServiceStatusList>`));
    expect(await load({ 'rs.xml': twice })).to.deep.equal(nothing('SIGNATURE_INVALID'));
  });

  it('are not used when the signed list was wrapped into another', async () => {
    const genuine = Buffer.from(await signedTrustedList({ services: services() }, operator)).toString('utf8');
    const forged = Buffer.from(trustedListXml({ services: services(), sequenceNumber: 99 })).toString('utf8');
    const inner = genuine.replace(/^<\?xml[^>]*\?>\s*/, '');
    const wrapped = forged.replace('</TrustServiceStatusList>', `${inner}</TrustServiceStatusList>`);
    for (const text of [wrapped, wrapped.replace('Id="lista"', 'Id="druga"')]) {
      const { lists } = await load({ 'rs.xml': Buffer.from(text) });
      expect(lists).to.deep.equal([]);
    }
  });

  it('are not used when the signature is over an object of its own', async () => {
    const { sealXades } = await import('../../../../../src/standards/seals/index.ts');
    const content = await signedTrustedList({ services: services() }, operator);
    const signature = Buffer.from(
      await sealXades({ packaging: 'enveloping', content, mediaType: 'text/xml' }, operator.signer, {
        signingTime: now,
      }),
    ).toString('utf8');
    const forged = Buffer.from(trustedListXml({ services: services(), sequenceNumber: 99 })).toString('utf8');
    const text = forged.replace('</TrustServiceStatusList>', `${signature}</TrustServiceStatusList>`);
    expect(await load({ 'rs.xml': Buffer.from(text) })).to.deep.equal(nothing('NOT_WHOLLY_SIGNED'));
  });

  it('are not used when they are no lists, or too large', async () => {
    expect(await load({ 'a.xml': Buffer.from('<x/>') })).to.deep.equal(nothing('BROKEN'));
    expect(await load({ 'a.xml': Buffer.from('<!DOCTYPE x><x/>') })).to.deep.equal(nothing('BROKEN'));
    expect(await load({ 'a.xml': Buffer.alloc((32 << 20) + 1, ' ') })).to.deep.equal(nothing('TOO_LARGE'));
    const many = Buffer.from(
      `<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#">${'<a/>'.repeat(1_000_001)}</TrustServiceStatusList>`,
    );
    expect(await load({ 'a.xml': many })).to.deep.equal(nothing('BROKEN'));
  });

  it('are used by what a list of lists says of their signers, from files', async () => {
    const files = {
      'eu.xml': await signedTrustedList(pointingTo('https://primer.invalid/rs.xml'), operator),
      'rs.xml': await signedTrustedList({ services: services() }, national),
    };
    expect(await load(files, { online: false })).to.deep.equal({ lists: ['EU 7', 'RS 7'], refused: [] });
  });

  it('are fetched where a list of lists points to, and kept for when they cannot be', async () => {
    const folder = emptyFolder();
    const files = { 'eu.xml': await signedTrustedList(pointingTo(`${url}/rs.xml`), operator) };
    served.set('/rs.xml', await signedTrustedList({ services: services() }, national));
    const both = { lists: ['EU 7', 'RS 7'], refused: [] };
    expect(await load(files, { folder })).to.deep.equal(both);
    served.clear();
    expect(await load(files, { folder, at: new Date('2030-01-01T00:00:00Z') })).to.deep.equal(both);
    expect(await load(files, { folder, online: false })).to.deep.equal(both);
    expect(await load(files)).to.deep.equal({ lists: ['EU 7'], refused: ['UNREACHABLE'] });
  });

  it('are not used when they are signed by another than the pointer names, or are of another territory', async () => {
    served.set('/rs.xml', await signedTrustedList({ services: services() }, operator));
    const files = { 'eu.xml': await signedTrustedList(pointingTo(`${url}/rs.xml`), operator) };
    expect(await load(files)).to.deep.equal({ lists: ['EU 7'], refused: ['SIGNER_UNKNOWN'] });
    served.set('/rs.xml', await signedTrustedList({ services: services(), territory: 'HR' }, national));
    expect(await load(files)).to.deep.equal({ lists: ['EU 7'], refused: ['WRONG_TERRITORY'] });
  });

  it('are not replaced by older ones, nor by what is not verified', async () => {
    const folder = emptyFolder();
    const source = `${url}/rs.xml`;
    const later = new Date('2030-01-01T00:00:00Z');
    const listed = async (sequenceNumber: number, signer = operator) => {
      served.set('/rs.xml', await signedTrustedList({ services: services(), sequenceNumber }, signer));
      return load({}, { folder, sources: [source], at: later });
    };
    expect(await listed(7)).to.deep.equal({ lists: ['RS 7'], refused: [] });
    expect(await listed(6)).to.deep.equal({ lists: ['RS 7'], refused: ['OLDER_THAN_BEFORE'] });
    expect(await listed(8, national)).to.deep.equal({ lists: ['RS 7'], refused: ['SIGNER_UNKNOWN'] });
    expect(await listed(8)).to.deep.equal({ lists: ['RS 8'], refused: [] });
  });

  it('are used when their next update is overdue: what they say of the past still holds', async () => {
    const list = await signedTrustedList(
      { services: services(), nextUpdate: new Date('2026-11-02T00:00:00Z') },
      operator,
    );
    expect(await load({ 'rs.xml': list })).to.deep.equal({ lists: ['RS 7'], refused: [] });
  });

  it('are the newest of each scheme', async () => {
    const files = {
      'a.xml': await signedTrustedList({ services: services(), sequenceNumber: 8 }, operator),
      'b.xml': await signedTrustedList({ services: services(), sequenceNumber: 7 }, operator),
    };
    expect((await load(files)).lists).to.deep.equal(['RS 8']);
  });
});
