import { ArchiveError } from '../../../base/index.ts';
import {
  type Creator,
  type Disposal,
  type DisposalItem,
  disposalItems,
  findCreator,
  findDisposal,
} from '../../data-management/index.ts';
import { type ActContext, known, requireDay } from '../acts.ts';
import { megabytes } from '../archive-book/enter-rows.ts';
import { serbianDate } from '../archive-book/print-book.ts';
import { type DisposalLetter, requireText, takeStep } from '../disposal/disposal-steps.ts';
import { sealedTable } from '../paper/sealed-table.ts';
import { packagedStep } from './open-package.ts';

/**
 * Enters that the package was handed over, and makes the minutes (zapisnik, UNI-10): date, place, list by year, kind and
 * quantity, whole fonds or part, opinion on use, members of the commission; PDF/A and data, both sealed. Nothing is removed: that
 * waits for the archive's receipt.
 * @throws ArchiveError ENTRY_UNKNOWN | METADATA_INVALID; STATE_CONFLICT while no package was made
 */
export async function sendHandOver(context: ActContext, sent: DisposalLetter): Promise<Disposal> {
  const { letter, date, channel, contact, actor } = sent;
  requireText(letter, '/letter');
  requireText(channel, '/channel');
  requireDay(date, '/date');
  const { catalog, institution } = context;
  const disposal = known(await findDisposal(catalog, institution.id, sent.disposal), `hand-over ${sent.disposal}`);
  const packaged = packagedStep(disposal);
  if (disposal.kind !== 'hand-over' || !packaged)
    throw new ArchiveError('STATE_CONFLICT', `No package of ${disposal.number} was made yet. Make it first.`);
  const creator = known(await findCreator(catalog, institution.id, disposal.creator), 'such creator');
  const items = (await disposalItems(catalog, disposal.id)).filter(({ state }) => state === 'listed');
  const groups = byYearAndKind(items);
  const commission = commissionOf(disposal);
  const minutes = await sealedTable(context, {
    title: 'ЗАПИСНИК О ПРЕДАЈИ АРХИВСКЕ ГРАЂЕ',
    lines: minutesLines(disposal, creator, items.length, date),
    columns: ['Р. бр.', 'Година', 'Ознака', 'Врста архивске грађе', 'Докумената', 'Датотека', 'Количина (MB)'],
    widths: [4, 7, 10, 40, 10, 10, 12],
    rows: groups.map(({ year, mark, kind, records, files, bytes }, index) => [
      ...[String(index + 1), year, mark, kind, String(records), String(files), megabytes(bytes)],
    ]),
  });
  return takeStep(
    context,
    { disposal: disposal.id, actor },
    'reviewed',
    async (_transaction, now) => {
      if (packagedStep(now)?.object !== packaged.object)
        throw new ArchiveError('STATE_CONFLICT', 'Another package was made meanwhile. Look at it, then hand it over.');
      return {
        step: 'sent',
        state: 'sent',
        facts: {
          ...{ letter, date, channel, ...(contact ? { contact } : {}) },
          archive: creator.facts.competentArchive,
          commission,
          package: packaged.facts.package,
          metsSha512: packaged.facts.metsSha512,
          list: groups,
        },
        leftOut: [],
      };
    },
    [{ path: 'minutes.pdf', content: minutes }],
  );
}

/** A line of the list of the minutes. */
interface HandedGroup {
  readonly year: string;
  readonly mark: string;
  readonly kind: string;
  readonly records: number;
  readonly files: number;
  readonly bytes: number;
}

function byYearAndKind(items: readonly DisposalItem[]): HandedGroup[] {
  const groups = new Map<string, HandedGroup>();
  for (const { year, mark, kind, files, bytes } of items) {
    const key = `${year}\n${mark}`;
    const group = groups.get(key) ?? { year, mark, kind, records: 0, files: 0, bytes: 0 };
    groups.set(key, {
      ...group,
      records: group.records + 1,
      files: group.files + files,
      bytes: group.bytes + bytes,
    });
  }
  return [...groups.values()];
}

interface Commission {
  readonly members: readonly string[];
  readonly minutes: { readonly number: string; readonly date: string };
  readonly place: string;
  readonly whole: boolean;
  readonly opinion: string;
}

function commissionOf({ steps }: Disposal): Commission {
  return steps.findLast(({ step }) => step === 'commission')?.facts as unknown as Commission;
}

function minutesLines(disposal: Disposal, creator: Creator, records: number, date: string): string[] {
  const { members, minutes, place, whole, opinion } = commissionOf(disposal);
  const { facts } = creator;
  const packaged = packagedStep(disposal)?.facts;
  return [
    `Број и датум: ${minutes.number}, ${serbianDate(minutes.date)}`,
    `Предавалац: ${facts.name}, ${facts.seat}`,
    `Прималац: ${facts.competentArchive}`,
    `Место и датум предаје: ${place}, ${serbianDate(date)}`,
    `Предаје се: ${whole ? 'фонд у целини' : 'део фонда'}; докумената: ${records}`,
    ...(disposal.early ? [`Основ за предају пре истека рока: ${disposal.early}`] : []),
    `Мишљење о условима коришћења: ${opinion}`,
    `Чланови комисије: ${members.join(', ')}`,
    `Пакет: ${packaged?.package}; SHA-512 датотеке METS.xml: ${packaged?.metsSha512}`,
    'Записник је сачињен у пет истоветних примерака. Потпис предаваоца: ____________________ Потпис примаоца: ____________________',
  ];
}
