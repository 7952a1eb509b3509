import { randomBytes } from 'node:crypto';
import { ArchiveError } from '../../../../base/index.ts';
import { digestOid } from '../../../../standards/formats/x509/index.ts';
import { checkTimestamp } from '../../timestamping/check-timestamp.ts';
import { AuthorityFailed, type AuthorityTrust, type TimestampAuthority } from '../../timestamping/index.ts';
import type { ServiceClient } from './service-request.ts';
import { signingService } from './signing-service.ts';

/** The time-stamps of a remote signing service (signatures/timestamp), checked like those of any other authority. */
export function cloudTimestamps(client: ServiceClient, trust: AuthorityTrust): TimestampAuthority {
  const service = signingService(client, trust.clock);
  const name = client.url;
  return {
    name,
    isTest: false,
    stamp: async (imprint) => {
      const oid = digestOid(imprint.algorithm);
      if (!oid) throw new AuthorityFailed('REFUSED', `${imprint.algorithm} is not stamped here`);
      const nonce = randomBytes(16);
      nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
      const token = await service.timestamp(imprint.value, oid, nonce).catch((cause) => {
        if (!(cause instanceof ArchiveError)) throw cause;
        throw new AuthorityFailed('UNREACHABLE', cause.message, { cause });
      });
      const checked = await checkTimestamp({
        token,
        imprint,
        nonce,
        anchors: await trust.anchors(),
        validationTime: trust.clock(),
        ...(trust.source ? { source: trust.source } : {}),
      });
      return { token, authority: name, isTest: false, ...checked };
    },
  };
}
