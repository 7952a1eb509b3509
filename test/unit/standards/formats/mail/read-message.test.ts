import { expect } from 'chai';
import { readMessage } from '../../../../../src/standards/formats/mail/index.ts';
import { mailMessage } from '../../../../support/mail-message.ts';

const read = (text: string) => readMessage(Buffer.from(text));
const refused = (text: string) =>
  read(text).then(
    () => 'nothing',
    (error: Error) => error.message,
  );

describe('an e-mail message', () => {
  it('tells from whom, to whom, when and about what, in any encoding of headers, and what hangs on it', async () => {
    const message = await read(mailMessage());
    expect(message).to.deep.include({
      from: ['Мира Мирић <mira@primer.rs>'],
      to: ['pisarnica@opstina.rs', 'Ана <ana@opstina.rs>'],
      cc: [],
      date: '2026-11-20T09:30:00.000Z',
      subject: 'Захтев за уверење',
      messageId: '<1@primer.rs>',
    });
    expect(message.attachments.map(({ name, content }) => [name, Buffer.from(content).toString()])).to.deep.equal([
      ['прилог.txt', 'садржај прилога'],
    ]);
  });

  it('is said to be signed or encrypted by its outermost part', async () => {
    const signed = 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="b"';
    expect((await read(mailMessage({ type: signed }))).protection).to.equal('signed');
    const encrypted = 'application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m';
    expect((await read(mailMessage({ type: encrypted }))).protection).to.equal('encrypted');
  });

  it('keeps a message inside a message as an attachment', async () => {
    const inner = mailMessage().replaceAll('"b"', '"inner"').replaceAll('--b', '--inner');
    const { attachments } = await read(mailMessage({ part: `Content-Type: message/rfc822\r\n\r\n${inner}` }));
    expect(attachments.map(({ mimeType }) => mimeType)).to.include('message/rfc822');
  });

  it('is refused when it is none, or made to harm', async () => {
    expect(await refused('само текст, без заглавља')).to.include('no header');
    expect(await refused('')).to.include('no header');
    const parts = mailMessage({ part: `${'\r\n--b\r\n\r\n'.repeat(20_000)}` });
    expect(await refused(parts)).to.include('parts');
    expect(await refused(`From: a@b.rs\r\nX: ${'a'.repeat(2 << 20)}\r\n\r\n`)).to.include('cannot be read');
    const deep = Array.from(
      { length: 40 },
      (_, at) => `Content-Type: multipart/mixed; boundary="d${at}"\r\n\r\n--d${at}\r\n`,
    );
    expect(await refused(`From: a@b.rs\r\nDate: Fri, 20 Nov 2026 09:30:00 +0000\r\n${deep.join('')}`)).to.include(
      'cannot be read',
    );
  });
});
