import { ArchiveError, FormatError } from '../../../base/index.ts';
import { type MailMessage, readMessage } from '../../../standards/formats/mail/index.ts';

/** @throws ArchiveError DOCUMENT_BROKEN for what is no message; DOCUMENT_ENCRYPTED */
export async function readMail(name: string, bytes: Uint8Array): Promise<MailMessage> {
  const message = await readMessage(bytes).catch((cause) => {
    if (!(cause instanceof FormatError)) throw cause;
    throw new ArchiveError(
      'DOCUMENT_BROKEN',
      `“${name}” cannot be read as an e-mail message (${cause.message}). Save it as EML from the mail program and send it again.`,
      { cause },
    );
  });
  if (message.protection === 'encrypted')
    throw new ArchiveError(
      'DOCUMENT_ENCRYPTED',
      `“${name}” is encrypted and could not be read in the future. Save it decrypted and send it again.`,
    );
  return message;
}

/** The fields of the profile of e-mail that its header says. */
export function mailFields({ from, to, cc, date, subject, messageId }: MailMessage): Readonly<Record<string, string>> {
  const day = date?.slice(0, 10);
  const fields: Record<string, string | undefined> = {
    title: subject?.slice(0, 500),
    od: from.join(', ').slice(0, 1000),
    za: to.join(', ').slice(0, 10_000),
    kopija: cc.join(', ').slice(0, 10_000),
    datumPoruke: day,
    datumNastanka: day,
    predmetPoruke: subject?.slice(0, 1000),
    oznakaPoruke: messageId?.slice(0, 1000),
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
