import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import { listEntries } from '../../src/archive/data-management/index.ts';
import { audit, readWitnessFile } from '../../src/archive/preservation/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { type AlertChannel, alertChannels, sendAlerts } from '../../src/service/worker/alerts/index.ts';
import { isClockSound } from '../../src/service/worker/watch-clock.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import { keep, type TestArchive, testArchive } from '../support/archive.ts';

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe('alerts', function () {
  this.timeout(60_000);
  let now: number;
  const clock = () => new Date(now);
  let place: TestArchive;
  let archive: OpenArchive;
  let ids: string[];

  beforeEach(async () => {
    now = Date.parse('2026-11-25T08:00:00Z');
    place = testArchive({}, clock);
    archive = await place.open();
    ids = [];
    for (let n = 0; n < 12; n++) ids.push((await keep(archive, { 'a.txt': `текст ${n}` })).id);
  });

  const damage = (id: string) =>
    writeFileSync(join(place.store('second'), objectPath(id), 'v1/content/METS.xml'), 'оштећено');
  const fail = (channel: string, error: unknown) => {
    throw new Error(channel, { cause: error });
  };

  async function webhook(answers: number[] = []) {
    const received: { subject: string; text: string }[] = [];
    const server = createServer(async (request: IncomingMessage, response) => {
      const body = await textOf(request);
      const status = answers.shift() ?? 204;
      if (status < 300) received.push(JSON.parse(body));
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return {
      channels: alertChannels({ webhook: url }),
      received,
      close: () => new Promise((done) => server.close(done)),
    };
  }

  it('tell of a thousand damaged copies in one message, by webhook, and only once', async () => {
    const { channels, received, close } = await webhook();
    await sendAlerts(archive.context, channels, fail);
    for (const id of ids) damage(id);
    await audit(archive.evidence, { actor: 'auditor' });
    expect(await sendAlerts(archive.context, channels, fail)).to.equal(1);
    expect(await sendAlerts(archive.context, channels, fail)).to.equal(0);
    expect(received).to.have.lengthOf(1);
    expect(received[0]?.text).to.contain('Damaged copy: 12').and.contain('… + 2').and.contain('исправљено / mended');
    await close();
  });

  it('say nothing of a healthy archive, nor of what was before anyone listened', async () => {
    damage(ids[0] ?? '');
    await audit(archive.evidence, { actor: 'auditor' });
    const { channels, received, close } = await webhook();
    await sendAlerts(archive.context, channels, fail);
    await audit(archive.evidence, { actor: 'auditor' });
    await sendAlerts(archive.context, channels, fail);
    expect(received).to.deep.equal([]);
    await close();
  });

  it('are sent again when a channel did not take them', async () => {
    const { channels, received, close } = await webhook([500]);
    await sendAlerts(archive.context, channels, fail);
    damage(ids[0] ?? '');
    await audit(archive.evidence, { actor: 'auditor' });
    const failed: string[] = [];
    await sendAlerts(archive.context, channels, (channel) => failed.push(channel));
    expect([failed, received.length]).to.deep.equal([['webhook'], 0]);
    await sendAlerts(archive.context, channels, fail);
    expect(received).to.have.lengthOf(1);
    await close();
  });

  it('go by mail through a real server, with the journal’s head every day, by which a rollback is found', async () => {
    const mails: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, callback) => {
        textOf(stream).then((text) => {
          mails.push(text);
          callback();
        }, callback);
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const mail = { smtp: `smtp://127.0.0.1:${port}`, from: 'arhiv@primer.rs', to: ['revizor@primer.rs'] };
    const channels: AlertChannel[] = alertChannels({ mail });
    await sendAlerts(archive.context, channels, fail);
    damage(ids[0] ?? '');
    await audit(archive.evidence, { actor: 'auditor' });
    await sendAlerts(archive.context, channels, fail);
    now += 24 * 3_600_000;
    await sendAlerts(archive.context, channels, fail);
    expect(mails).to.have.lengthOf(3);
    expect(mails.every((text) => text.includes('To: revizor@primer.rs'))).to.equal(true);
    const decoded = decodedText(mails[2] ?? '');
    const [head] = readWitnessFile(decoded);
    const [newest] = await listEntries(archive.context.catalog, { institution: 'default', limit: 1 });
    expect(head).to.deep.equal({ sequence: newest?.sequence, hash: newest?.hash });
    await new Promise<void>((resolve) => server.close(resolve));
  });

  it('tell that the clock was set back, once, and schedules wait until the time is reached again', async () => {
    expect(await isClockSound(archive.context)).to.equal(true);
    now -= 3_600_000;
    expect(await isClockSound(archive.context)).to.equal(false);
    expect(await isClockSound(archive.context)).to.equal(false);
    const told = await listEntries(archive.context.catalog, { institution: 'default', type: 'clock.jumped', limit: 5 });
    expect(told.map(({ detail }) => detail.seconds)).to.deep.equal([-3600]);
    now += 3_600_000;
    expect(await isClockSound(archive.context)).to.equal(true);
    expect(readFileSync(join(place.config.dataFolder, 'catalog.sqlite')).length).to.be.greaterThan(0);
  });
});

/** The text of a mail, whatever way it was packed for the journey. */
function decodedText(mail: string): string {
  const [head = '', ...body] = mail.split(/\r?\n\r?\n/);
  const text = body.join('\n\n');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  const joined = text.replace(/=\r?\n/g, '');
  const octets = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString('utf8');
}
