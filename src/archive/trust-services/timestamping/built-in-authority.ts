import { X509Certificate } from 'node:crypto';
import type { Clock, DigestAlgorithm } from '../../../base/index.ts';
import { openTestTimestampAuthority } from '../test-timestamp-authority.ts';
import { checkTimestamp } from './check-timestamp.ts';
import { AuthorityFailed, type TimestampAuthority } from './timestamp-authority.ts';

/** The built-in authority, for trying the archive with nothing configured. Its tokens name it as a test. */
export function builtInAuthority(dataFolder: string, clock: Clock): TimestampAuthority {
  const name = 'built-in test authority';
  return {
    name,
    isTest: true,
    stamp: async (imprint) => {
      const authority = await openTestTimestampAuthority(dataFolder, clock); // asked anew: certificates end
      const algorithm = imprint.algorithm.toLowerCase();
      if (!isStampable(algorithm)) throw new AuthorityFailed('REFUSED', `${imprint.algorithm} is not stamped here`);
      const token = await authority.timestamp({ algorithm, value: Buffer.from(imprint.value).toString('hex') });
      const anchors = [new X509Certificate(authority.anchor.pem).raw];
      const checked = await checkTimestamp({
        token,
        imprint,
        anchors,
        validationTime: clock(),
        known: { certificates: [], crls: [await authority.revocationList()], ocspResponses: [] },
      });
      return { token, authority: name, isTest: true, ...checked };
    },
  };
}

function isStampable(algorithm: string): algorithm is DigestAlgorithm {
  return ['sha256', 'sha384', 'sha512'].includes(algorithm);
}
