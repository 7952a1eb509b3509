import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readCsv, writeCsv } from '../../src/standards/formats/table/index.ts';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';
import { type RunningService, runService } from './running-service.ts';

/** What Windows-1250 has at these places; the platform writes UTF-8 only. */
const windows1250: Readonly<Record<string, number>> = { š: 0x9a, č: 0xe8, ć: 0xe6, ž: 0x9e, đ: 0xf0, Š: 0x8a };
const inWindows1250 = (text: string) => Buffer.from([...text].map((sign) => windows1250[sign] ?? sign.charCodeAt(0)));

describe('metadata of many files in one table (CSV)', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  const send = (table: Buffer | string, files: readonly string[], metadata: object | undefined = {}) => {
    const request = service.as('officer').post('/api/v1/records?together=false').set('Prefer', 'wait=30');
    if (metadata) request.field('metadata', JSON.stringify(metadata));
    request.attach('metadata.csv', Buffer.from(table), 'подаци.csv');
    for (const name of files) request.attach('file', Buffer.from(`садржај ${name} ${Math.random()}`), name);
    return request;
  };
  const count = async () => (await service.as('officer').get('/api/v1/records?limit=100')).body.records.length;
  const recordOf = async (number: string) => (await service.as('officer').get(`/api/v1/records/${number}`)).body;
  const sent = async (table: Buffer | string, files: readonly string[], metadata?: object) => {
    const answer = await send(table, files, metadata);
    expect(answer.status, answer.text).to.be.oneOf([201, 202]);
    return Promise.all(answer.body.records.map(({ number }: { number: string }) => recordOf(number)));
  };

  it('gives each file its own, by the names of fields or as any language calls them, whatever parts the cells', async () => {
    for (const [heading, sign] of [
      ['file,title,datumNastanka', ','],
      ['датотека;НАСЛОВ;Датум настанка, односно потписивања или печатирања', ';'],
      ['Datoteka\tNaslov\tDatum nastanka, odnosno potpisivanja ili pečatiranja', '\t'],
      ['file;Title;Date of creation, signing or sealing', ';'],
    ] as const) {
      const rows = [
        heading,
        ['б.txt', 'Други', '3.2.2024.'].join(sign),
        '',
        ['а.txt', 'Први', '2024-01-02'].join(sign),
      ];
      const records = await sent(rows.join('\r\n'), ['а.txt', 'б.txt']);
      const said = records.map(({ title, fields }) => [title, fields.datumNastanka]);
      expect(said, heading).to.have.deep.members([
        ['Први', '2024-01-02'],
        ['Други', '2024-02-03'],
      ]);
    }
  });

  it('reads Windows-1250, as older spreadsheets write it', async () => {
    const [record] = await sent(
      inWindows1250('file;title\nugovor.txt;Rešenje o žalbi građana Čačka'.replace('Č', 'č')),
      ['ugovor.txt'],
    );
    expect(record.title).to.equal('Rešenje o žalbi građana čačka');
  });

  it('lets the table outrank what is said of all, and describes files without a row by that', async () => {
    const records = await sent('file,title\na.txt,Свој назив\n', ['a.txt', 'b.txt', 'a.txt.p7s'], {
      category: 'II-3',
      title: 'Заједнички',
    });
    expect(records.map(({ title, category }) => [title, category])).to.have.deep.members([
      ['Свој назив', 'II-3'],
      ['Заједнички', 'II-3'],
    ]);
  });

  it('tells every fault by row and field before anything is archived', async () => {
    const before = await count();
    const table = 'file,title,datumNastanka,измишљено\n\na.txt,А,2024-13-45,\nb.txt,Б,,нешто\nb.txt,В,,\n,Г,,\n';
    const refused = await send(table, ['a.txt', 'b.txt']);
    expect([refused.status, refused.body.code]).to.deep.equal([422, 'METADATA_INVALID']);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).to.have.members([
      '/3/datumNastanka',
      '/4/измишљено',
      '/5/file',
      '/6/file',
    ]);
    expect(refused.body.detail).to.include('row 3').and.include('datumNastanka');
    const unsent = await send('file,title\na.txt,А\nнема.txt,Б\n', ['a.txt']);
    expect([unsent.status, unsent.body.errors]).to.deep.equal([
      422,
      [{ pointer: '/3/file', detail: 'names no file that was sent' }],
    ]);
    for (const wrong of ['', 'назив\nА', '"', 'x'.repeat(5 << 20)])
      expect((await send(wrong, ['a.txt'])).status, wrong.slice(0, 9)).to.equal(422);
    const unknown = await send('file,profile\na.txt,нема', ['a.txt'], undefined);
    expect([unknown.status, unknown.body.code]).to.deep.equal([422, 'PROFILE_UNKNOWN']);
    expect(await count()).to.equal(before);
  });

  it('is refused after the files it describes, and where all files are one record', async () => {
    const as = service.as('officer');
    const late = as
      .post('/api/v1/records?together=false')
      .attach('file', Buffer.from('а'), 'a.txt')
      .attach('metadata.csv', Buffer.from('file\na.txt'), 'm.csv');
    expect((await late).status).to.equal(400);
    const together = as.post('/api/v1/records').attach('metadata.csv', Buffer.from('file\na.txt'), 'm.csv');
    expect((await together.attach('file', Buffer.from('а'), 'a.txt')).status).to.equal(400);
  });

  it('is offered empty, headed in the reader’s language, and comes back as it was offered', async () => {
    for (const [language, first] of [
      ['sr-Cyrl', 'датотека'],
      ['sr-Latn', 'datoteka'],
      ['en', 'file'],
    ]) {
      const answer = await service
        .as('officer')
        .get('/profiles/general/metadata.csv')
        .set('Cookie', `trajno_language=${language}`);
      expect(answer.headers['content-disposition']).to.include('general.csv');
      const [headings = []] = readCsv(Buffer.from(answer.text));
      expect(headings[0]).to.equal(first);
      const cells = headings.map((_, index) => ['t.txt', 'II-3', `Назив ${language}`][index] ?? '');
      const [record] = await sent(Buffer.from(writeCsv([headings, cells])), ['t.txt']);
      expect(record).to.include({ title: `Назив ${language}`, category: 'II-3' });
    }
  });

  it('goes with the page’s form too, whose faults are told in the reader’s language', async () => {
    const tus = { 'Tus-Resumable': '1.0.0' };
    const begun = await service
      .as('officer')
      .post('/api/v1/uploads')
      .set({ ...tus, 'Upload-Length': '3', 'Content-Type': 'application/offset+octet-stream' })
      .send('abc');
    const id = String(begun.headers.location).split('/').at(-1);
    const finish = (table: string) =>
      service
        .as('officer')
        .post('/upload/finished')
        .set('Cookie', 'trajno_language=sr-Cyrl')
        .field('profile', 'general')
        .field('field.title', '')
        .attach('metadata.csv', Buffer.from(table), 'm.csv')
        .field('uploads', JSON.stringify([{ id, path: 'фасцикла/x.txt' }]));
    const before = await count();
    const refused = await finish('file,title,datumNastanka\nx.txt,<b>,јуче');
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('ред 2,').and.include('table-faults').and.not.include('<b>,');
    expect(await count()).to.equal(before);
    const received = await finish('file,title\nфасцикла/x.txt,Из табеле');
    expect(received.status, received.text).to.equal(303);
    const [, number = ''] = /(\d{4}-\d{6})/.exec(received.headers.location ?? '') ?? [];
    expect((await recordOf(number)).title).to.equal('Из табеле');
  });

  it('serves the command line', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'ulaz'));
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(folder, 'ulaz', name), name);
    const table = join(folder, 'ulaz', 'podaci.csv');
    writeFileSync(table, 'file;title\na.txt;Први\nb.txt;Други');
    const files = ['a.txt', 'b.txt'].map((name) => join(folder, 'ulaz', name));
    const data = { TRAJNO_DATA: join(folder, 'd') };
    const archived = await trajno(['archive', ...files, '--metadata', table], data);
    expect(archived.code, archived.err).to.equal(0);
    const listed = await trajno(['list'], data);
    for (const title of ['Први', 'Други']) expect(listed.out).to.include(title);
    writeFileSync(table, 'file;title;nema\na.txt;Први;x');
    const refused = await trajno(['archive', ...files, '--metadata', table], data);
    expect(refused.code).to.not.equal(0);
    expect(refused.err).to.include('row 2').and.include('nema');
  });
});
