import type { MaterialSource, TimestampAuthority } from '../../src/archive/trust-services/index.ts';
import { checkTimestamp } from '../../src/archive/trust-services/timestamping/check-timestamp.ts';
import { AuthorityFailed } from '../../src/archive/trust-services/timestamping/index.ts';

import type { Clock } from '../../src/base/index.ts';
import { readCertificate } from '../../src/standards/formats/x509/index.ts';
import type { CertificateHolder, RevocationReason, SignatureDigest } from '../../src/standards/seals/index.ts';
import type { ValidationPolicy } from '../../src/standards/signatures/index.ts';
import { daysFrom, toyHolder } from './toy-certificates.ts';
import type { ToyKeyKind } from './toy-keys.ts';
import { type Revocation, toyCrl, toyToken } from './toy-statements.ts';

const url = 'http://toy.test';
const year = 365.25;

/** A holder of a certificate that lasts for so many years from now; without an issuer it is a root. */
export interface ToyHolderWish {
  readonly name: string;
  readonly key: ToyKeyKind;
  readonly profile: 'authority' | 'timestamps' | 'signatures';
  readonly years: number;
  readonly issuer?: CertificateHolder;
}

/** A world of trust that goes on with a clock: authorities come and go, and their lists of now are to be had. */
export function toyTrust(clock: Clock) {
  const revoked = new Map<bigint, Revocation>();
  const issuers = new Map<string, { readonly holder: CertificateHolder; readonly until: Date }>();
  const lists = new Map<string, Promise<Uint8Array>>();
  let roots: readonly Uint8Array[] = [];
  let serial = 1000n;

  const listOf = (name: string) => {
    const issuer = issuers.get(name);
    if (!issuer || issuer.until < clock()) return undefined; // an authority whose certificate has ended speaks no more
    const key = `${name} ${clock().toISOString().slice(0, 10)} ${revoked.size}`;
    const list = lists.get(key) ?? toyCrl(issuer.holder, revoked, clock(), { issuer: issuer.holder });
    lists.set(key, list);
    return list;
  };
  const source: MaterialSource = {
    obtain: async ({ kind, urls }) => {
      const [, name = '', ending] = /\/([^/]+)\.(crl|cer)$/.exec(urls[0] ?? '') ?? [];
      if (kind === 'CRL' && ending === 'crl') return listOf(name);
      return kind === 'CERTIFICATE' ? issuers.get(name)?.holder.signer.chain[0] : undefined;
    },
  };

  return {
    source,
    /** The roots that there were until now. */
    anchors: async (): Promise<readonly Uint8Array[]> => roots,

    make: async ({ name, key, profile, years, issuer }: ToyHolderWish): Promise<CertificateHolder> => {
      serial += 1n;
      const [at, called] = [clock(), `${name} ${serial}`];
      const holder = await toyHolder({ at, world: 'Vek', url }, serial, {
        name: called,
        key,
        profile,
        notBefore: daysFrom(at, -1),
        notAfter: daysFrom(at, years * year),
        ...(issuer ? { issuer } : {}),
      });
      if (profile === 'authority')
        issuers.set(`issuer-${holder.serialNumber}`, { holder, until: daysFrom(at, years * year) });
      if (!issuer) roots = [...roots, holder.signer.chain[0]];
      return holder;
    },

    /** From now on the issuer's list says that the certificate is revoked. */
    revoke: (holder: CertificateHolder, at = clock(), reason: RevocationReason = 'keyCompromise') =>
      void revoked.set(holder.serialNumber, { at, reason }),

    /** A time-stamping authority that the archive can ask; what it gives is checked as that of a real one. */
    authority: (
      name: string,
      holder: () => Promise<CertificateHolder>,
      policy: () => ValidationPolicy | undefined = () => undefined,
    ): TimestampAuthority => ({
      name,
      isTest: false,
      stamp: async (imprint) => {
        serial += 1n;
        const authority = await holder();
        const [own] = authority.signer.chain;
        if (readCertificate(own).notAfter < clock()) throw new AuthorityFailed('REFUSED', 'the certificate has ended');
        const algorithm = imprint.algorithm.toLowerCase() as SignatureDigest;
        const token = await toyToken({ at: clock(), authority }, { algorithm, value: imprint.value }, serial);
        const algorithms = policy();
        const checked = await checkTimestamp({
          token,
          imprint,
          anchors: roots,
          validationTime: clock(),
          source,
          ...(algorithms ? { policy: algorithms } : {}),
        });
        return { token, authority: name, isTest: false, ...checked };
      },
    }),
  };
}

export type ToyTrust = ReturnType<typeof toyTrust>;
