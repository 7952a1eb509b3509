import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyJournal } from '../../src/archive/access/index.ts';
import { journal } from '../../src/archive/packaging/index.ts';
import { readCsv } from '../../src/standards/formats/table/index.ts';
import { emptyFolder } from '../support/folders.ts';
import { type RunningService, runService } from './running-service.ts';

const tables = ['coverage', 'oldest', 'broken', 'findings', 'changes', 'renewals', 'audits', 'journal'];

describe('the audit desk', function () {
  this.timeout(60_000);
  let service: RunningService;
  const folder = emptyFolder();
  const exported = join(folder, 'journal.jsonl');
  before(async () => {
    service = await runService();
    for (const name of ['а.txt', 'б.txt'])
      await service
        .as('officer')
        .post('/api/v1/records')
        .attach('file', Buffer.from(name), name)
        .set('Prefer', 'wait=30');
    flipByte(join(service.folder, 'data'));
    const started = await service.as('auditor').post('/audit').type('form').send({ location: 'first' });
    expect(started.status).to.equal(303);
    await finished();
  });
  after(() => service.close());

  async function finished(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const { body } = await service.as('auditor').get('/api/v1/audits');
      if (body.audits.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the audit did not end');
  }

  it('shows coverage as a chart and a table, what was found, and what was done', async () => {
    const { text } = await service.as('auditor').get('/audit').set('Accept-Language', 'en');
    expect(text).to.match(
      /<svg viewBox="0 0 600 88" role="img" aria-label="Share of copies read in time, by location: first: 100 % read in time; second: 100 % read in time"/,
    );
    expect(text).to.include('findings: 1, all repaired').and.include('the content is not what was written');
    for (const name of tables) expect(text).to.include(`href="/audit/tables/${name}.csv"`);
  });

  it('gives every table as CSV, with times in UTC, and as PDF', async () => {
    for (const name of tables) {
      const csv = await service.as('auditor').get(`/audit/tables/${name}.csv`).responseType('blob');
      expect(csv.status, name).to.equal(200);
      expect(csv.headers['content-disposition']).to.include(`${name}-`);
      const [heading, ...rows] = readCsv(csv.body);
      if (!['broken', 'changes', 'renewals'].includes(name)) expect(rows, name).to.not.be.empty;
      for (const row of rows) expect(row).to.have.length(heading?.length ?? 0);
      const pdf = await service.as('auditor').get(`/audit/tables/${name}.pdf`).responseType('blob');
      expect(pdf.body.subarray(0, 5).toString(), name).to.equal('%PDF-');
    }
    const csv = await service.as('auditor').get('/audit/tables/findings.csv').responseType('blob');
    expect(readCsv(csv.body)[2]).to.include.members(['copy.damaged', 'DIGEST_DIFFERS', 'first']);
    for (const name of ['toString.csv', 'coverage.exe', '__proto__.csv', 'x'])
      expect((await service.as('auditor').get(`/audit/tables/${name}`)).status, name).to.equal(404);
  });

  it('gives a journal that is checked with nothing of ours: each line’s hash, each the one before', async () => {
    const { text, headers } = await service
      .as('auditor')
      .get('/audit/journal')
      .buffer(true)
      .parse(asText as never)
      .then(({ body, headers: h }) => ({ text: body as string, headers: h }));
    expect(headers['content-type']).to.include('application/jsonl');
    writeFileSync(exported, text);
    let previous = '0'.repeat(128);
    for (const line of text.trim().split('\n')) {
      const [, unhashed = '', hash] = /^(.*),"hash":"([0-9a-f]{128})"\}$/.exec(line) ?? [];
      expect(createHash('sha512').update(`${unhashed}}`).digest('hex')).to.equal(hash);
      expect(unhashed).to.include(`"previous":"${previous}"`);
      previous = hash ?? '';
    }
  });

  it('verifies an exported journal, and passes it only with a head that is known otherwise', async () => {
    const lines = readFileSync(exported, 'utf8').trim().split('\n');
    const heads = lines.map((line) => JSON.parse(line)).map(({ sequence, hash }) => ({ sequence, hash }));
    expect((await verifyJournal(exported, []))?.result).to.equal('INDETERMINATE');
    expect((await verifyJournal(exported, heads.slice(2, 4)))?.result).to.equal('PASSED');
    expect((await verifyJournal(exported, [{ sequence: 3, hash: 'f'.repeat(128) }]))?.result).to.equal('FAILED');
    expect((await verifyJournal(exported, [{ sequence: 9999, hash: 'f'.repeat(128) }]))?.result).to.equal('FAILED');
    const spoilt = (change: (lines: string[]) => string[]) => {
      const file = join(folder, 'spoilt.jsonl');
      writeFileSync(file, `${change([...lines]).join('\n')}\n`);
      return verifyJournal(file, heads.slice(0, 1));
    };
    const altered = [
      (all: string[]) => all.map((line, n) => (n === 3 ? line.replace(/"actor":"[^"]*"/, '"actor":"someone"') : line)),
      (all: string[]) => all.filter((_, n) => n !== 3),
      (all: string[]) => [all[1] ?? '', all[0] ?? '', ...all.slice(2)],
      (all: string[]) => [...all.slice(0, 3), all[2] ?? '', ...all.slice(3)],
      (all: string[]) => [...all.slice(0, 3), '', ...all.slice(3)],
      (all: string[]) => [...all.slice(0, 3), '{"sequence":4,"withheld":true}', ...all.slice(4)],
      (all: string[]) => all.slice(1),
    ];
    for (const [n, change] of altered.entries())
      expect((await spoilt(change))?.result, `change ${n}`).to.equal('FAILED');
    writeFileSync(join(folder, 'other.txt'), 'something else');
    expect(await verifyJournal(join(folder, 'other.txt'), [])).to.equal(undefined);
  });

  it('withholds what is another institution’s, and keeps the chain', async () => {
    const { context } = service.service;
    await journal(context, {
      time: '2026-11-25T00:00:00Z',
      institution: 'other',
      type: 'token.issued',
      actor: 'тајни',
      detail: { name: 'тајна' },
    });
    const { body } = await service
      .as('auditor')
      .get('/audit/journal')
      .buffer(true)
      .parse(asText as never);
    expect(body).to.include('"withheld":true').and.not.include('тајн');
    writeFileSync(exported, body as unknown as string);
    const [first] = (body as unknown as string).split('\n');
    const found = await verifyJournal(exported, [JSON.parse(first ?? '')]);
    expect(found?.result).to.equal('PASSED');
    expect(found?.checks.map(({ id }) => id)).to.include('journal-withheld');
  });
});

function asText(response: NodeJS.ReadableStream, done: (error: Error | null, text: string) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (chunk) => {
    text += chunk;
  });
  response.on('end', () => done(null, text));
}

/** Flips a bit of a document in the first location. */
function flipByte(data: string): void {
  const root = join(data, 'locations', 'first', 'store');
  const file = readdirSync(root, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith('а.txt'));
  const path = join(root, file as string);
  const bytes = readFileSync(path);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
