import { readSetting, writeSetting } from '../../data-management/index.ts';
import { type ActContext, commitAct } from '../acts.ts';
import { unconfirmedRebuild } from '../dispose-record.ts';

/**
 * A person has compared a rebuilt catalog with what they know: disposal is possible again.
 * @returns whether there was anything to confirm
 */
export async function confirmRebuild(context: ActContext, actor: string): Promise<boolean> {
  const since = await readSetting(context.catalog, unconfirmedRebuild);
  if (!since) return false;
  await commitAct(context, actor, async () => ({
    type: 'catalog.confirmed',
    subject: context.institution.id,
    detail: { rebuiltAt: since },
  }));
  await writeSetting(context.catalog, unconfirmedRebuild, '');
  return true;
}
