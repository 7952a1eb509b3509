import { timestampAuthorities } from '../../src/archive/trust-services/index.ts';
import type { Clock } from '../../src/base/index.ts';
import type { CertificateHolder, TimestampSource } from '../../src/standards/seals/index.ts';
import { toyToken } from '../support/toy-statements.ts';
import { toyTrust } from '../support/toy-trust.ts';
import { keyOf, policyOf, rootYears } from './algorithm-table.ts';

const names = ['Istok', 'Zapad', 'Sever'] as const;
export type AuthorityName = (typeof names)[number];

const rootLasts = 45;
const intermediateLasts = 16;
const certificatesLast = { timestamps: 5, signatures: 2 } as const;
const renewedAfter = { timestamps: 3, signatures: 1 } as const;

/**
 * The authorities of a century: three for time-stamps and one for signers, each with a root, an intermediate below it and
 * a certificate below that, all of which end and are made anew, with keys of the time.
 */
export function centuryAuthorities(clock: Clock) {
  const trust = toyTrust(clock);
  const made = new Map<string, Promise<CertificateHolder>>();
  const generation = new Map<string, number>();
  let serial = 1n << 40n;
  const yearNow = () => clock().getUTCFullYear();
  const rootYear = () => rootYears.findLast((one) => one <= yearNow()) ?? 2020;

  const once = (key: string, make: () => Promise<CertificateHolder>) => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
  const root = (family: string) =>
    once(`${family} root ${rootYear()}`, () =>
      trust.make({ name: `${family} koren`, key: keyOf(yearNow()), profile: 'authority', years: rootLasts }),
    );
  /** A new one every nine years under each root, and whenever one is given up. */
  const intermediate = async (family: string) => {
    const part = Math.floor((yearNow() - rootYear()) / 9);
    const issuer = await root(family);
    return once(`${family} intermediate ${rootYear()} ${part} ${generation.get(family) ?? 0}`, () =>
      trust.make({
        name: `${family} međutelo`,
        key: keyOf(yearNow()),
        profile: 'authority',
        years: intermediateLasts,
        issuer,
      }),
    );
  };
  const holder = async (family: string, profile: 'timestamps' | 'signatures') => {
    const issuer = await intermediate(family);
    const part = Math.floor(yearNow() / renewedAfter[profile]);
    return once(`${family} ${profile} ${issuer.serialNumber} ${part} ${generation.get(family) ?? 0}`, () =>
      trust.make({ name: family, key: keyOf(yearNow()), profile, years: certificatesLast[profile], issuer }),
    );
  };

  return {
    trust,
    holder,
    intermediate,
    /** From now on the family has new keys. */
    startAnew: (family: string) => void generation.set(family, (generation.get(family) ?? 0) + 1),
    /** What a signer stamps with. */
    stamps:
      (name: AuthorityName, at: Date): TimestampSource =>
      async ({ algorithm, value }) => {
        const authority = await holder(name, 'timestamps');
        serial += 1n;
        return toyToken({ at, authority }, { algorithm, value: Buffer.from(value, 'hex') }, serial);
      },
    /** Who stamps, in the order of this year: now one of them comes first, now another. */
    inUse: () => {
      const first = Math.floor(yearNow() / 7) % names.length;
      const order = [...names.slice(first), ...names.slice(0, first)];
      const authorities = order.map((name) =>
        trust.authority(
          name,
          () => holder(name, 'timestamps'),
          () => policyOf(yearNow()),
        ),
      );
      return timestampAuthorities(authorities, clock);
    },
  };
}

export type CenturyAuthorities = ReturnType<typeof centuryAuthorities>;
