import { parseArgs } from 'node:util';
import { liftHold, type NewHold, placeHold, reviewHold } from '../../archive/administration/index.ts';
import { type Hold, listHolds } from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, ExitCode } from './command.ts';
import { inOffice, noSuchVerb, required } from './office.ts';

const options = {
  record: { type: 'string' },
  case: { type: 'string' },
  category: { type: 'string' },
  query: { type: 'string' },
  owner: { type: 'string' },
  mandate: { type: 'string' },
  reason: { type: 'string' },
  'review-on': { type: 'string' },
  lifted: { type: 'boolean', default: false },
  by: { type: 'string', default: 'operator' },
  json: { type: 'boolean', default: false },
} as const;

/**
 * `trajno hold list [--lifted] | place --record R|--case C|--category MARK|--query TEXT --owner … --mandate … --reason …
 * --review-on DAY | review HOLD --review-on DAY | lift HOLD --reason …`
 */
export const hold: Command = async (args, context) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb = 'list', id = ''] = positionals;
  const { out } = context;
  const actor = values.by;
  const tell = (one: Hold) => {
    if (values.json) out.json(one);
    else out.line(lineOf(one));
  };
  return inOffice(context, async (archive): Promise<ExitCode> => {
    switch (verb) {
      case 'list': {
        const holds = await listHolds(archive.catalog, archive.institution.id, { lifted: values.lifted });
        if (values.json) out.json({ holds });
        else for (const one of holds) out.line(lineOf(one));
        return 0;
      }
      case 'place':
        tell(
          await placeHold(archive, {
            ...scopeOf(values),
            owner: required(values.owner, 'owner'),
            mandate: required(values.mandate, 'mandate'),
            reason: required(values.reason, 'reason'),
            reviewOn: required(values['review-on'], 'review-on'),
            actor,
          }),
        );
        return 0;
      case 'review':
        tell(await reviewHold(archive, { hold: id, reviewOn: required(values['review-on'], 'review-on'), actor }));
        return 0;
      case 'lift':
        tell(await liftHold(archive, { hold: id, reason: required(values.reason, 'reason'), actor }));
        return 0;
      default:
        return noSuchVerb(verb, ['list', 'place', 'review', 'lift']);
    }
  });
};

function scopeOf(values: {
  record?: string | undefined;
  case?: string | undefined;
  category?: string | undefined;
  query?: string | undefined;
}): Pick<NewHold, 'scope' | 'target' | 'query'> {
  const said = (['record', 'case', 'category', 'query'] as const).filter((scope) => values[scope] !== undefined);
  const [scope] = said;
  if (!scope || said.length > 1)
    throw new ArchiveError('USAGE', 'Say what it is on: one of --record, --case, --category, --query.');
  const target = values[scope] as string;
  return scope === 'query' ? { scope, query: { text: target } } : { scope, target };
}

function lineOf({ id, scope, target, facts, reviewOn, lifted }: Hold): string {
  const what = scope === 'query' ? (facts.query?.text ?? '') : target;
  return `${id}  ${scope} ${what}  ${facts.mandate}  ${lifted ? `lifted ${lifted.at}` : `review on ${reviewOn}`}`;
}
