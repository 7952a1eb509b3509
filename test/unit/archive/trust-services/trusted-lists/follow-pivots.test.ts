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
import { signedTrustedList } from '../../../../support/trusted-list.ts';

const now = new Date('2026-11-24T12:00:00Z');
const page = 'https://primer.invalid/lotl.html#en';

describe('pivots of a list of lists', () => {
  /** The signer of the Official Journal, and those that came after. */
  let [first, second, third, stranger]: CertificateHolder[] = [];
  let server: Server;
  let url: string;
  const served = new Map<string, Uint8Array>();
  let asked: string[] = [];

  before(async () => {
    const pki = await toyPki();
    [first, second, third, stranger] = await Promise.all(
      ['prvi', 'drugi', 'treći', 'strani'].map((name) => pki.signer({ name: `Operater ${name}` })),
    );
    server = createServer(({ url: path = '' }, response) => {
      asked.push(path);
      const bytes = served.get(path);
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  beforeEach(() => {
    served.clear();
    asked = [];
  });

  /** A list of lists that names these signers for itself and these pivots, the newest first as the Commission does. */
  const listOfLists = (
    signer: CertificateHolder | undefined,
    sequenceNumber: number,
    named: CertificateHolder | undefined,
    pivots: readonly string[] = [],
    territory = 'EU',
  ) =>
    signedTrustedList(
      {
        territory,
        sequenceNumber,
        type: 'http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists',
        schemeInformation: [...pivots.map((path) => url + path), page],
        pointers: named ? [{ location: `${url}/lotl.xml`, territory, signers: [named] }] : [],
      },
      signer as CertificateHolder,
    );

  async function load(
    list: Uint8Array,
    more: { folder?: string; online?: boolean; beside?: [string, Uint8Array] } = {},
  ) {
    const folder = more.folder ?? emptyFolder();
    const lists = join(folder, 'liste');
    mkdirSync(lists, { recursive: true });
    writeFileSync(join(lists, 'eu.xml'), list);
    if (more.beside) writeFileSync(join(lists, more.beside[0]), more.beside[1]);
    const signers = join(folder, 'operater.pem');
    writeFileSync(signers, new X509Certificate((first as CertificateHolder).signer.chain[0]).toString());
    const cacheFolder = join(folder, 'kes');
    const settings = { sources: [lists], signers, cacheFolder, online: more.online ?? true, isAllowed: () => true };
    const loaded = await loadTrustedLists(settings, () => now);
    return {
      lists: loaded.lists.map(({ territory, sequenceNumber }) => `${territory} ${sequenceNumber}`),
      refused: loaded.refused.map(({ source, refusal }) => `${source.replace(url, '').replace(lists, '')} ${refusal}`),
    };
  }

  const both = ['/pivot-5.xml', '/pivot-3.xml'];
  const taken = { lists: ['EU 9'], refused: [] };
  const serveTwo = async () => {
    served.set('/pivot-3.xml', await listOfLists(first, 3, second));
    served.set('/pivot-5.xml', await listOfLists(second, 5, third, ['/pivot-3.xml']));
  };

  it('lead from the configured signer to the one by now, the oldest first', async () => {
    await serveTwo();
    expect(await load(await listOfLists(third, 9, third, both))).to.deep.equal(taken);
    expect(asked).to.deep.equal(['/pivot-3.xml', '/pivot-5.xml']);
  });

  it('are not asked for while a configured signer signs', async () => {
    expect(await load(await listOfLists(first, 9, first, both))).to.deep.equal(taken);
    expect(asked).to.deep.equal([]);
  });

  it('are fetched once: they never change', async () => {
    await serveTwo();
    const folder = emptyFolder();
    const list = await listOfLists(third, 9, third, both);
    await load(list, { folder });
    asked = [];
    served.clear();
    expect(await load(list, { folder })).to.deep.equal(taken);
    expect(await load(list, { folder, online: false })).to.deep.equal(taken);
    expect(asked).to.deep.equal([]);
  });

  it('are read from a file of their name where there is one', async () => {
    const pivot = await listOfLists(first, 3, second);
    const list = await listOfLists(second, 9, second, ['/pivot-3.xml']);
    expect(await load(list, { online: false, beside: ['pivot-3.xml', pivot] })).to.deep.equal(taken);
    expect(await load(list, { online: false })).to.deep.equal({
      lists: [],
      refused: ['/pivot-3.xml UNREACHABLE', '/eu.xml SIGNER_UNKNOWN'],
    });
  });

  it('may be the list itself on the day of the change', async () => {
    const list = await listOfLists(first, 9, second, ['/pivot-9.xml']);
    served.set('/pivot-9.xml', list);
    expect(await load(list)).to.deep.equal(taken);
    const next = await listOfLists(second, 11, third, ['/pivot-11.xml', '/pivot-9.xml']);
    served.set('/pivot-11.xml', next);
    expect(await load(next)).to.deep.equal({ lists: ['EU 11'], refused: [] });
  });

  it('that are older than what is configured need not be had', async () => {
    served.set('/pivot-5.xml', await listOfLists(first, 5, third));
    expect(await load(await listOfLists(third, 9, third, both))).to.deep.equal(taken);
  });

  const refused = (...reasons: string[]) => ({ lists: [], refused: [...reasons, '/eu.xml SIGNER_UNKNOWN'] });

  it('end where one is broken, or is not there', async () => {
    await serveTwo();
    const list = await listOfLists(third, 9, third, both);
    const whole = Buffer.from(served.get('/pivot-5.xml') as Uint8Array);
    served.set('/pivot-5.xml', Buffer.from(whole.toString('utf8').replace('Igračka nadzor', 'Igračka  nadzor')));
    expect(await load(list)).to.deep.equal(refused('/pivot-5.xml SIGNATURE_INVALID'));
    served.set('/pivot-5.xml', whole.subarray(0, -20));
    expect(await load(list)).to.deep.equal(refused('/pivot-5.xml BROKEN'));
    served.delete('/pivot-5.xml');
    expect(await load(list)).to.deep.equal(refused('/pivot-5.xml UNREACHABLE'));
  });

  it('end where a stranger signed one, at the beginning or later', async () => {
    await serveTwo();
    const list = await listOfLists(third, 9, third, both);
    served.set('/pivot-5.xml', await listOfLists(stranger, 5, third));
    expect(await load(list)).to.deep.equal(refused('/pivot-5.xml SIGNER_UNKNOWN'));
    await serveTwo();
    served.set('/pivot-3.xml', await listOfLists(stranger, 3, second));
    expect(await load(list)).to.deep.equal(refused('/pivot-3.xml SIGNER_UNKNOWN', '/pivot-5.xml SIGNER_UNKNOWN'));
  });

  it('do not make whoever they name for other lists a signer', async () => {
    const pointers = [
      { location: 'https://primer.invalid/rs.xml', territory: 'RS', signers: [second as CertificateHolder] },
    ];
    const type = 'http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists';
    const pivot = { territory: 'EU', sequenceNumber: 3, type, pointers };
    served.set('/pivot-3.xml', await signedTrustedList(pivot, first as CertificateHolder));
    expect(await load(await listOfLists(second, 9, second, ['/pivot-3.xml']))).to.deep.equal(refused());
  });

  it('do not let a signer sign on whom the last of them names no more', async () => {
    await serveTwo();
    expect(await load(await listOfLists(second, 9, second, both))).to.deep.equal(refused());
  });

  it('of a signer who names nobody end all', async () => {
    served.set('/pivot-3.xml', await listOfLists(first, 3, undefined));
    expect(await load(await listOfLists(second, 9, second, ['/pivot-3.xml']))).to.deep.equal(refused());
  });

  it('do not go in a circle, nor back, nor beyond the list', async () => {
    await serveTwo();
    const circle = await listOfLists(third, 9, third, ['/pivot-3.xml', '/pivot-5.xml', '/pivot-3.xml']);
    expect(await load(circle)).to.deep.equal(refused('/pivot-3.xml SIGNER_UNKNOWN'));
    served.set('/pivot-5.xml', await listOfLists(second, 3, third));
    expect(await load(await listOfLists(third, 9, third, both))).to.deep.equal(
      refused('/pivot-5.xml OLDER_THAN_BEFORE'),
    );
    served.set('/pivot-5.xml', await listOfLists(second, 10, third));
    expect(await load(await listOfLists(third, 9, third, both))).to.deep.equal(
      refused('/pivot-5.xml OLDER_THAN_BEFORE'),
    );
  });

  it('are of the same list', async () => {
    await serveTwo();
    served.set('/pivot-5.xml', await listOfLists(second, 5, third, [], 'RS'));
    expect(await load(await listOfLists(third, 9, third, both))).to.deep.equal(refused('/pivot-5.xml WRONG_TERRITORY'));
  });

  it('are 32 at most', async () => {
    const many = Array.from({ length: 33 }, (_, index) => `/pivot-${index}.xml`);
    expect(await load(await listOfLists(second, 99, second, many))).to.deep.equal(
      refused('/pivot-32.xml TOO_MANY_PIVOTS'),
    );
    expect(asked).to.deep.equal([]);
  });
});
