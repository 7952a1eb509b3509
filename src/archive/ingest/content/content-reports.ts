import { bytesReader, readWhole, sha256Hex } from '../../../base/index.ts';
import type { AipDescription, PreservationEvent } from '../../../standards/packages/index.ts';
import { type CheckedSubmission, formatOf } from '../check.ts';
import type { IngestContext } from '../submission.ts';
import { readMail } from './e-mail.ts';
import { largestRead, mainFile } from './read-content.ts';
import { readInvoice } from './sef-invoice.ts';

/** What the package tells of the content that was read. */
export interface ContentReports {
  readonly reports: AipDescription['validationReports'];
  readonly events: readonly Omit<PreservationEvent, 'id'>[];
}

/** A report of what the content says: the invoice as it was read; the attachments of a message with formats and digests. */
export async function contentReports(
  context: IngestContext,
  { profile, files, submission }: CheckedSubmission,
  createdAt: Date,
): Promise<ContentReports> {
  if (profile.reads === undefined || submission.package) return { reports: [], events: [] };
  const file = mainFile(profile, files);
  const bytes = await readWhole(file.reader, largestRead);
  const read =
    profile.reads === 'sef-invoice'
      ? invoiceReport(file.originalName, bytes)
      : await mailReport(context, file.originalName, bytes);
  const content = Buffer.from(`${JSON.stringify(read.content, undefined, 1)}\n`);
  return {
    reports: [{ name: read.name, content, createdAt }],
    events: [
      {
        type: 'metadata extraction',
        dateTime: createdAt,
        detail: read.detail,
        outcome: 'success',
        agentIds: ['software'],
      },
    ],
  };
}

function invoiceReport(name: string, bytes: Uint8Array) {
  const invoice = readInvoice(name, bytes);
  const detail = `UBL 2.1 ${invoice.kind}, ${invoice.customizationId}; an additional copy, the statutory one is kept by SEF`;
  return { name: 'content-report-invoice.json', content: invoice, detail };
}

async function mailReport(context: IngestContext, name: string, bytes: Uint8Array) {
  const { attachments, ...header } = await readMail(name, bytes);
  const listed = [];
  for (const { name: attachment, mimeType, content } of attachments) {
    const { puid, name: formatName, version, basis } = await formatOf(context, bytesReader(content), attachment);
    listed.push({
      name: attachment,
      mimeType,
      size: content.length,
      sha256: sha256Hex(content),
      ...(puid ? { puid } : {}),
      format: [formatName, version].filter(Boolean).join(' '),
      basis,
    });
  }
  const signed = header.protection === 'signed' ? '; signed (S/MIME), the signature is not validated' : '';
  const detail = `e-mail message, attachments: ${listed.length}${signed}`;
  return { name: 'content-report-message.json', content: { ...header, attachments: listed }, detail };
}
