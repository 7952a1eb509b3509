import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import type { Receipt } from './presenter.ts';

/** A receipt as lines of text, to print or keep: everything that is needed to hold the archive to its word. */
export function receiptText(receipt: Receipt, record: CatalogRecord, institution: string): string {
  const title = receipt.kind === 'archiving' ? 'Receipt of archiving' : 'Receipt of intake';
  const lines = [
    `${title} ${receipt.number}`,
    '',
    line('Institution', institution),
    line('Time', receipt.time),
    line('Record', `${record.number}  ${record.id}`),
    line('Title', record.title),
    line('State', record.state),
    ...(record.version > 0 ? [line('Version', String(record.version))] : []),
    '',
    'Files',
    ...record.files.flatMap(({ originalName, size, sha256 }) => [
      `  ${printable(originalName)}  ${size} bytes`,
      `    SHA-256 ${sha256}`,
    ]),
    ...(record.signatures.length > 0 ? ['', 'Signatures', ...record.signatures.map(signatureLine)] : []),
    '',
    'Journal entry (sequence:SHA-512)',
    `  ${receipt.head}`,
    '',
    'Not yet under an evidence record.',
  ];
  return `${lines.join('\n')}\n`;
}

function signatureLine({ file, format, indication, subIndication, signedBy }: CatalogRecord['signatures'][number]) {
  const verdict = subIndication ? `${indication}/${subIndication}` : indication;
  return `  ${verdict}  ${format}  ${printable(signedBy ?? 'unknown signer')}  ${printable(file)}`;
}

function line(name: string, value: string): string {
  return `${`${name}:`.padEnd(13)}${printable(value)}`;
}

/** Names come from strangers: nothing of theirs may begin a line or move the cursor. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
