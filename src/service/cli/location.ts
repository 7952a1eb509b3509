import { parseArgs } from 'node:util';
import { bringBack, markCatchingUp } from '../../archive/administration/index.ts';
import { mayKeepPermanent } from '../../archive/archival-storage/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

/** `trajno location list | leave NAME --reason TEXT | bring-back NAME` */
export const location: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { reason: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [verb = 'list', name] = positionals;
  const { context, close } = await openArchive();
  try {
    if (verb === 'leave' && name) {
      if (!values.reason) throw new ArchiveError('USAGE', 'Say why with --reason: the decision is kept.');
      await markCatchingUp(context, name, 'operator', values.reason);
    } else if (verb === 'bring-back' && name)
      out.message(`${await bringBack(context, name, 'operator')} objects copied`);
    else if (verb !== 'list') throw new ArchiveError('USAGE', 'list, leave or bring-back.');
    const { storage } = context;
    const locations = storage.locations.map(({ description }) => ({
      ...description,
      state: storage.stateOf(description.name),
    }));
    for (const { description } of storage.locations)
      if (!mayKeepPermanent(description))
        out.message(`“${description.name}” may keep no permanent records: its owner is “${description.ownerType}”`);
    const independentCopies = await storage.independentCopies();
    if (values.json) out.json({ locations, independentCopies });
    else {
      for (const { name: each, state, url } of locations) out.line(`${each.padEnd(12)} ${state.padEnd(12)} ${url}`);
      out.line(
        `${independentCopies} independent ${independentCopies === 1 ? 'copy' : 'copies'} (locations on one device count once)`,
      );
    }
    return 0;
  } finally {
    await close();
  }
};
