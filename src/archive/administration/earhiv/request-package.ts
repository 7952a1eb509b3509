import { ArchiveError } from '../../../base/index.ts';
import { type AipContents, type AipEntry, bytesEntry } from '../../access/index.ts';
import { type Disposal, type DisposalStep, disposalItems, findCreator } from '../../data-management/index.ts';
import { type ActContext, known } from '../acts.ts';
import { disposalDocument } from '../disposal/disposal-documents.ts';
import { handOverRegisters } from '../hand-over/hand-over-registers.ts';

/** How a request stands with the competent archive (UTT-18). */
export interface RequestStatus {
  readonly status: 'not-sent' | 'sent' | 'approved' | 'rejected';
  /** The day of the letter, or of the archive's act. */
  readonly since?: string;
  readonly channel?: string;
  /** Of the letter, or of the archive's act. */
  readonly number?: string;
}

/** How a disposal or a hand-over stands with the competent archive, from the steps that were entered. */
export function requestStatus({ steps }: Pick<Disposal, 'steps'>): RequestStatus {
  const of = (step: DisposalStep['step']) => steps.findLast((one) => one.step === step)?.facts;
  const sent = of('sent') as { letter: string; date: string; channel: string } | undefined;
  const decision = of('decision') as { number: string; date: string; approved: boolean } | undefined;
  if (!sent) return { status: 'not-sent' };
  if (!decision) return { status: 'sent', since: sent.date, channel: sent.channel, number: sent.letter };
  const status = decision.approved ? 'approved' : 'rejected';
  return { status, since: decision.date, channel: sent.channel, number: decision.number };
}

/**
 * What a request for destruction is sent with through eArhiv, the state's system (UTT-07, UTT-18): the inventory as a table and
 * as it was sealed, the commission's act, rows of the archive book, the list of categories and the creator's data. There is no
 * published format of eArhiv; these are what its forms ask for.
 * @throws ArchiveError STATE_CONFLICT before the commission agreed, or of a hand-over, which has its own package
 */
export async function requestPackage(context: ActContext, disposal: Disposal): Promise<AipContents> {
  const { number, kind, state } = disposal;
  const commission = disposal.steps.find(({ step }) => step === 'commission')?.facts;
  if (kind !== 'destruction' || commission?.agreed !== true)
    throw new ArchiveError(
      'STATE_CONFLICT',
      kind === 'destruction'
        ? `${number} is ${state}: a request is made after the commission has agreed.`
        : `${number} is a hand-over: fetch its package.`,
    );
  const creator = known(await findCreator(context.catalog, context.institution.id, disposal.creator), 'such creator');
  const items = (await disposalItems(context.catalog, disposal.id)).filter(({ state: now }) => now !== 'left-out');
  const registers = (await handOverRegisters(context, disposal, creator, items)).filter(
    ({ path }) => !path.startsWith('register.') && !path.startsWith('inventory.'),
  );
  const entries: AipEntry[] = [bytesEntry('PROCITAJ.txt', Buffer.from(readme(number, creator.facts.competentArchive)))];
  for (const name of ['inventory.xlsx', 'inventory.csv', 'inventory.json', 'inventory.json.p7s'] as const)
    entries.push(bytesEntry(name, await disposalDocument(context, disposal, name)));
  for (const name of ['commission.json', 'commission.json.p7s'] as const)
    entries.push(bytesEntry(name, await disposalDocument(context, disposal, name)));
  for (const file of registers) if ('content' in file) entries.push(bytesEntry(file.path, file.content));
  return { folder: `eArhiv-${number}`, version: 1, entries };
}

function readme(number: string, archive: string): string {
  return `ЗАХТЕВ ЗА ОДОБРЕЊЕ УНИШТАВАЊА ${number}
Прималац: ${archive}
Јавна тела захтев подносе кроз еАрхив. Трајно не замењује еАрхив: овде је оно што се у њега уноси и прилаже.
inventory.xlsx и inventory.csv: попис безвредног документарног материјала, са колонама које архив тражи
inventory.json и inventory.json.p7s: исти попис као податак, са печатом
commission.json и commission.json.p7s: налаз комисије
archive-book.*: редови архивске књиге за године из пописа
categories-*: листе категорија по којима је материјал разврстан
creator.json: подаци о ствараоцу
После слања упишите број и датум дописа и канал; одлуку архива приложите када стигне.
`;
}
