import { parseArgs } from 'node:util';
import {
  extendPeriod,
  findCandidates,
  retentionOf,
  type StartOfPeriod,
  startPeriod,
} from '../../archive/administration/index.ts';
import { countRetention, findRecord } from '../../archive/data-management/index.ts';
import { amendRecord } from '../../archive/ingest/index.ts';
import { ArchiveError } from '../../base/index.ts';
import { explainRetention } from '../messages/index.ts';
import type { Command, ExitCode } from './command.ts';
import { inOffice, noSuchVerb, required } from './office.ts';

const options = {
  creator: { type: 'string' },
  record: { type: 'string' },
  case: { type: 'string' },
  event: { type: 'string' },
  date: { type: 'string' },
  until: { type: 'string' },
  reason: { type: 'string' },
  category: { type: 'string' },
  'archive-consent': { type: 'string' },
  limit: { type: 'string', default: '1000' },
  cursor: { type: 'string' },
  by: { type: 'string', default: 'operator' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * `trajno retention [summary] | show RECORD | candidates | start --record R|--case C --event E --date DAY |
 * extend RECORD --until DAY --reason TEXT | reclassify RECORD --category MARK --reason TEXT [--archive-consent TEXT]`
 */
export const retention: Command = async (args, context) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb = 'summary', wanted = ''] = positionals;
  const { out } = context;
  const actor = values.by;
  return inOffice(context, async (archive): Promise<ExitCode> => {
    const tell = async (id: string) => {
      const record = await findRecord(archive.catalog, archive.institution.id, id);
      if (!record) throw new ArchiveError('RECORD_UNKNOWN', `There is no record ${id}.`);
      const known = await retentionOf(archive, record);
      const explanation = explainRetention(known, 'en');
      const { classification, regime, retention: period, holds, disposal } = known;
      if (values.json)
        out.json({
          record: record.id,
          number: record.number,
          ...(regime ? { regime } : {}),
          ...(classification ? { classification } : {}),
          ...(period?.startedOn ? { startedOn: period.startedOn } : {}),
          ...(period?.expiresOn ? { expiresOn: period.expiresOn } : {}),
          ...(period?.extendedTo ? { extendedTo: period.extendedTo } : {}),
          holds: holds.map(({ id: hold }) => hold),
          ...(disposal ? { disposal } : {}),
          explanation,
        });
      else out.line(explanation);
    };
    switch (verb) {
      case 'summary': {
        const counts = await countRetention(archive.catalog, archive.institution.id);
        if (values.json) out.json(counts);
        else for (const [name, count] of Object.entries(counts)) out.line(`${name.padEnd(12)} ${count}`);
        return 0;
      }
      case 'show':
        await tell(wanted);
        return 0;
      case 'candidates': {
        const { candidates, next } = await findCandidates(archive, {
          limit: Number(values.limit) || 1000,
          ...(values.creator ? { creator: values.creator } : {}),
          ...(values.cursor ? { after: values.cursor } : {}),
        });
        if (values.json) out.json({ candidates, next: next ?? null });
        else
          for (const { record, expiresOn, setAsideBy, holds } of candidates)
            out.line(
              `${record}  ended ${expiresOn}  set aside by ${setAsideBy}${holds.length > 0 ? `  ${holds.length} holds` : ''}`,
            );
        return 0;
      }
      case 'start':
        await startPeriod(archive, {
          ...(values.record ? { record: values.record } : {}),
          ...(values.case ? { case: values.case } : {}),
          event: required(values.event, 'event') as StartOfPeriod['event'],
          date: required(values.date, 'date'),
          actor,
        });
        return 0;
      case 'extend': {
        const until = required(values.until, 'until');
        await extendPeriod(archive, { record: wanted, until, reason: required(values.reason, 'reason'), actor });
        await tell(wanted);
        return 0;
      }
      case 'reclassify':
        await amendRecord(archive, {
          record: wanted,
          category: required(values.category, 'category'),
          reason: required(values.reason, 'reason'),
          ...(values.creator ? { creator: values.creator } : {}),
          ...(values['archive-consent'] ? { archiveConsent: values['archive-consent'] } : {}),
          actor,
        });
        await tell(wanted);
        return 0;
      default:
        return noSuchVerb(verb, ['summary', 'show', 'candidates', 'start', 'extend', 'reclassify']);
    }
  });
};
