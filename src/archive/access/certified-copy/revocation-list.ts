import { utcSeconds } from '../../../base/index.ts';
import { packAsic, sealAsic } from '../../../standards/seals/index.ts';
import { revokedCodes } from '../../data-management/index.ts';
import type { CopyContext } from './copy-context.ts';

/** What the revocation list says: `revoked-copies.json` in its container. */
export interface RevocationList {
  readonly list: 'trajno-revoked-copies-1';
  readonly issuer: string;
  readonly thisUpdate: string;
  readonly nextUpdate: string;
  /** By the SHA-256 of the code as it is printed: who has a copy finds it, nobody learns of others. */
  readonly revoked: readonly { readonly codeSha256: string; readonly revokedAt: string }[];
}

export const revocationListName = 'revoked-copies.json';

const lifetime = 7 * 24 * 3_600_000;
const keptFor = 3_600_000;

/** Gives the dated list of revoked copies, sealed. */
export interface RevocationLists {
  /** ASiC-S with CAdES; made anew every hour, and when a copy was revoked since. */
  current(): Promise<Uint8Array>;
}

/** Lists are sealed at most once an hour while nothing changes: anybody may ask for them. */
export function revocationLists(context: CopyContext): RevocationLists {
  let kept: { readonly key: string; readonly until: number; readonly bytes: Uint8Array } | undefined;
  return {
    current: async () => {
      const revoked = (await revokedCodes(context.catalog, context.institution.id)).map(
        ({ codeSha256, revokedAt }) => ({
          codeSha256,
          revokedAt,
        }),
      );
      const now = context.clock();
      const key = `${revoked.length} ${revoked.at(-1)?.codeSha256}`;
      if (kept && kept.key === key && kept.until > now.getTime()) return kept.bytes;
      const bytes = await sealedList(context, revoked, now);
      kept = { key, until: now.getTime() + keptFor, bytes };
      return bytes;
    },
  };
}

async function sealedList(context: CopyContext, revoked: RevocationList['revoked'], now: Date): Promise<Uint8Array> {
  const list: RevocationList = {
    list: 'trajno-revoked-copies-1',
    issuer: context.issuer.name,
    thisUpdate: utcSeconds(now),
    nextUpdate: utcSeconds(new Date(now.getTime() + lifetime)),
    revoked,
  };
  const bytes = Buffer.from(`${JSON.stringify(list, undefined, 1)}\n`);
  const { signer } = await context.sealingKey();
  return packAsic(
    await sealAsic([{ name: revocationListName, bytes }], signer, {
      ...{ form: 'ASiC-S', signature: 'CAdES', signingTime: now },
    }),
  );
}
