import type { DigestAlgorithm } from '../../src/base/index.ts';
import { defaultPolicy, type ValidationPolicy } from '../../src/standards/signatures/index.ts';
import type { ToyKeyKind } from '../support/toy-keys.ts';

/** From which year on it is known until when an algorithm is relied on. */
interface Announcement {
  readonly known: number;
  readonly until: string;
}

const falls = {
  RSA: { known: 2034, until: '2040-07-01' },
  ECDSA: { known: 2052, until: '2058-04-01' },
  SHA256: { known: 2054, until: '2061-01-01' },
  'ML-DSA-65': { known: 2087, until: '2093-10-01' },
  SHA384: { known: 2089, until: '2096-01-01' },
} as const;

const lapse = ({ known, until }: Announcement, year: number) => (year >= known ? { until } : {});

/** What everything is judged by in a year: the table as it is known then. */
export function policyOf(year: number): ValidationPolicy {
  const curves = [{ bits: 256, ...lapse(falls.ECDSA, year) }];
  return {
    ...defaultPolicy,
    name: `century-${year}`,
    cryptography: {
      digests: {
        ...defaultPolicy.cryptography.digests,
        SHA256: lapse(falls.SHA256, year),
        SHA384: lapse(falls.SHA384, year),
      },
      keys: {
        RSA: [{ bits: 1900, ...lapse(falls.RSA, year) }],
        ECDSA: curves,
        'PLAIN-ECDSA': curves,
        'ML-DSA': [{ bits: 65, ...lapse(falls['ML-DSA-65'], year) }, { bits: 87 }],
      },
    },
  };
}

/** The digest of new hash trees, and from when on those in use are not relied on. */
export function digestsOf(year: number): {
  readonly digest: DigestAlgorithm;
  readonly sunsets: Readonly<Partial<Record<DigestAlgorithm, string>>>;
} {
  const digest = year < falls.SHA256.known ? 'sha256' : year < falls.SHA384.known ? 'sha384' : 'sha512';
  return {
    digest,
    sunsets: {
      ...(year >= falls.SHA256.known ? { sha256: falls.SHA256.until } : {}),
      ...(year >= falls.SHA384.known ? { sha384: falls.SHA384.until } : {}),
    },
  };
}

/** What authorities and signers sign with: they move on a year or two after an end is announced. */
export function keyOf(year: number): ToyKeyKind {
  if (year < 2036) return 'rsa';
  if (year < 2053) return 'ecdsa';
  return year < 2089 ? 'ml-dsa-65' : 'ml-dsa-87';
}

/** The years in which roots and all below them are made anew: with each kind of keys, and once or twice between. */
export const rootYears: readonly number[] = [2020, 2036, 2053, 2071, 2089, 2108];
