import { ArchiveError, readWhole } from '../../../base/index.ts';
import { type Table, writeCsv, writeXlsx } from '../../../standards/formats/table/index.ts';
import { actFile, type Disposal, type DisposalItem, disposalItems } from '../../data-management/index.ts';
import type { ActContext } from '../acts.ts';

/** Documents of a disposal. */
export const disposalDocuments = [
  'inventory.csv',
  'inventory.xlsx',
  'inventory.json',
  'inventory.json.p7s',
  'minutes.pdf',
  'minutes.json',
  'minutes.json.p7s',
  'commission.json',
  'commission.json.p7s',
  'decision',
  'decision.json',
  'decision.json.p7s',
  'certificate.json',
  'certificate.json.p7s',
  'certificate.pdf',
] as const;

/** One of them. */
export type DisposalDocument = (typeof disposalDocuments)[number];

const largest = 64 << 20;

/**
 * A document of a disposal: the inventory as a table (UNI-02), and every act as it was sealed.
 * @throws ArchiveError ENTRY_UNKNOWN while there is none
 */
export async function disposalDocument(
  context: ActContext,
  disposal: Disposal,
  name: DisposalDocument,
): Promise<Uint8Array> {
  if (name === 'inventory.csv') return writeCsv(inventoryTable(await disposalItems(context.catalog, disposal.id)));
  if (name === 'inventory.xlsx')
    return writeXlsx(inventoryTable(await disposalItems(context.catalog, disposal.id)), `Попис ${disposal.number}`);
  const [kind = '', ...rest] = name.split('.');
  const object =
    kind === 'inventory' ? `${disposal.id}:1` : disposal.steps.findLast(({ step }) => step === stepOf(kind))?.object;
  if (!object) throw new ArchiveError('ENTRY_UNKNOWN', `Disposal ${disposal.number} has no ${name} yet.`);
  const end = rest.join('.');
  const path = end === 'json' ? actFile : end === 'json.p7s' ? `${actFile}.p7s` : name;
  return readWhole(await context.storage.openState(object, path), largest);
}

function stepOf(kind: string): string {
  if (kind === 'minutes') return 'sent'; // of a hand-over
  return kind === 'certificate' ? 'completed' : kind;
}

/** The columns of UNI-02, and what electronic material needs beside them. */
export function inventoryTable(items: readonly DisposalItem[]): Table {
  return [
    [
      'Редни број',
      'Врста документарног материјала',
      'Година',
      'Редни број из листе категорија',
      'Рок чувања',
      'Количина',
      'Редни број из архивске књиге',
      'Број документа',
      'Рок истекао',
    ],
    ...items.map((item) => [
      String(item.number),
      `${item.mark} ${item.kind}`,
      item.year,
      String(item.listNumber),
      item.period,
      `${item.files} дат., ${(item.bytes / 1_000_000).toFixed(3)} MB`,
      item.bookRow === undefined ? '' : String(item.bookRow),
      item.recordNumber,
      item.expiresOn ?? '',
    ]),
  ];
}
