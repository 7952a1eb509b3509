const word = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

/** A message as mail programs save it, with an attachment whose name is in RFC 2231. */
export function mailMessage({
  type = 'multipart/mixed; boundary="b"',
  part = '',
}: {
  readonly type?: string;
  readonly part?: string;
} = {}): string {
  return [
    `From: ${word('Мира Мирић')} <mira@primer.rs>`,
    `To: pisarnica@opstina.rs, ${word('Ана')} <ana@opstina.rs>`,
    `Subject: ${word('Захтев за уверење')}`,
    'Date: Fri, 20 Nov 2026 10:30:00 +0100',
    'Message-ID: <1@primer.rs>',
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Поштовани, у прилогу је захтев.',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent('прилог.txt')}`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('садржај прилога').toString('base64'),
    ...(part ? ['--b', part] : []),
    '--b--',
    '',
  ].join('\r\n');
}
