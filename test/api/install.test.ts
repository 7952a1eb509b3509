import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import supertest from 'supertest';
import { sha256Hex } from '../../src/base/index.ts';
import { type RunningService, runService } from './running-service.ts';

describe('the archive on a phone', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
  });
  after(() => service.close());

  const folder = () => readdirSync(join(service.folder, 'data', 'uploads'));
  const signedIn = async () => {
    const browser = supertest.agent(service.server);
    await browser.get(await service.link('officer'));
    return browser;
  };

  it('is described in the language of the page, by a manifest whose icons are there', async () => {
    for (const [language, name] of [
      ['sr-Cyrl', 'Трајно'],
      ['sr-Latn', 'Trajno'],
      ['en', 'Trajno'],
    ] as const) {
      const page = await service.anyone.get('/sign-in').set('Cookie', `trajno_language=${language}`);
      const [, address = ''] = /rel="manifest" href="([^"]+)"/.exec(page.text) ?? [];
      const { body, headers } = await service.anyone.get(address).buffer(true).parse(asJson);
      expect(headers['content-type']).to.match(/^application\/manifest\+json/);
      expect(body).to.include({ lang: language, start_url: '/', scope: '/', display: 'standalone' });
      expect(body.name).to.include(name);
      for (const icon of body.icons) {
        const { status, type } = await service.anyone.get(icon.src);
        expect([status, type]).to.deep.equal([200, icon.type]);
      }
    }
  });

  it('keeps style, scripts and one page that says nothing of anybody', async () => {
    const worker = await service.anyone.get('/service-worker.js');
    expect(worker.type).to.equal('text/javascript');
    expect(worker.headers['cache-control']).to.equal('no-cache');
    expect(worker.headers['content-security-policy'])
      .to.include("worker-src 'self'")
      .and.include("manifest-src 'self'");
    const [, said = ''] = /^self\.shell = (.*);$/m.exec(worker.text) ?? [];
    const shell = JSON.parse(said);
    for (const address of [...shell.files, shell.offline]) {
      expect(address).to.match(/^\/(assets\/[^?]+\?v=[0-9a-f]{12}|offline)$/);
      expect((await service.anyone.get(address)).status).to.equal(200);
    }
    const browser = await signedIn();
    const offline = await browser.get('/offline');
    expect(offline.text).to.equal((await service.anyone.get('/offline')).text);
    for (const words of ['Нема везе', 'Nema veze', 'No connection']) expect(offline.text).to.include(words);
  });

  it('receives what a phone shares and shows it ready to be sent, to its owner alone', async () => {
    const browser = await signedIn();
    const content = Buffer.from('уговор са телефона');
    const shared = await browser
      .post('/share')
      .set('Sec-Fetch-Site', 'none')
      .field('title', 'Уговор')
      .attach('file', content, 'уговор.txt')
      .attach('file', Buffer.from('<b>'), `"><script>alert(1)</script>.txt`);
    expect([shared.status, shared.headers.location]).to.deep.equal([303, '/']);
    const page = (await browser.get('/')).text;
    expect(page).to.include('уговор.txt').and.not.include('<script>alert(1)');
    expect((await service.as('officer').get('/')).text).to.not.include('уговор.txt');
    expect((await service.as('administrator').get('/')).text).to.not.include('уговор.txt');
    const files = pendingOn(page);
    expect(files.map(({ bytes }) => bytes)).to.deep.equal([content.length, 3]);
    expect((await service.as('administrator').delete(`/api/v1/uploads/${files[1]?.id}`).set(tus)).status).to.equal(404);
    const dropped = browser.delete(`/api/v1/uploads/${files[1]?.id}`).set({ ...tus, 'Sec-Fetch-Site': 'same-origin' });
    expect((await dropped).status).to.equal(204);
    const received = await browser
      .post('/upload/finished')
      .set('Sec-Fetch-Site', 'same-origin')
      .field('uploads', JSON.stringify(files.slice(0, 1)))
      .field('profile', 'general');
    expect(received.status, received.text).to.equal(303);
    const [, number] = /(\d{4}-\d{6})/.exec(received.headers.location ?? '') ?? [];
    await service.service.intakes.stop();
    const record = (await service.as('officer').get(`/api/v1/records/${number}`)).body;
    expect(record.files[0]).to.include({ sha256: sha256Hex(content) });
    expect(folder()).to.deep.equal([]);
  });

  it('tells who is not signed in to do so, and keeps nothing of theirs', async () => {
    const refused = await service.anyone
      .post('/share')
      .set({ 'Sec-Fetch-Site': 'none', 'Accept-Language': 'en' })
      .attach('file', Buffer.from('a'), 'a.txt');
    expect(refused.status).to.equal(401);
    expect(refused.text).to.include('Sign in, and share it again');
    expect((await service.as('auditor').post('/share').attach('file', Buffer.from('a'), 'a.txt')).status).to.equal(403);
    expect(folder()).to.deep.equal([]);
  });

  it('takes nothing that another site shares, and nothing else that no page of ours sent', async () => {
    const browser = await signedIn();
    for (const header of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      {},
    ]) {
      const refused = await browser.post('/share').set(header).attach('file', Buffer.from('a'), 'a.txt');
      expect(refused.status, JSON.stringify(header)).to.equal(403);
    }
    const others = ['/upload', '/upload/finished', '/account/password', '/share/'];
    for (const address of others)
      expect((await browser.post(address).set('Sec-Fetch-Site', 'none').field('a', 'b')).status, address).to.equal(403);
    expect(folder()).to.deep.equal([]);
  });

  it('keeps all that was shared or nothing', async () => {
    const browser = await signedIn();
    const share = () => browser.post('/share').set('Sec-Fetch-Site', 'none');
    expect((await share().field('text', 'само текст')).status).to.equal(422);
    const many = share();
    for (let number = 0; number < 101; number++) many.attach('file', Buffer.from('a'), `${number}.txt`);
    expect((await many).status).to.equal(422);
    const broken = share().set('Content-Type', 'multipart/form-data; boundary=x');
    const start = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nнепотпуно';
    expect((await broken.send(start)).status).to.be.within(400, 499);
    expect(folder()).to.deep.equal([]);
  });
});

const tus = { 'Tus-Resumable': '1.0.0' };

function pendingOn(page: string): { id: string; path: string; bytes: number }[] {
  const [, said = '[]'] = /data-files="([^"]*)"/.exec(page) ?? [];
  return JSON.parse(said.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&'));
}

function asJson(response: unknown, done: (error: Error | null, body: unknown) => void): void {
  let text = '';
  const stream = response as NodeJS.ReadableStream;
  stream.on('data', (chunk) => {
    text += chunk;
  });
  stream.on('end', () => done(null, JSON.parse(text)));
}
