import { ArchiveError, type Clock } from '../../../base/index.ts';
import {
  AuthorityFailed,
  type AuthorityTerms,
  type ImprintToStamp,
  type ObtainedTimestamp,
  type TimestampAuthority,
} from './timestamp-authority.ts';

/** How an authority has answered of late. */
export interface AuthorityHealth extends AuthorityTerms {
  readonly name: string;
  readonly isTest: boolean;
  readonly stamped: number;
  /** Failures since it last stamped. */
  readonly failures: number;
  readonly lastFailure?: string;
  /** It is not asked before this moment, unless all others fail. */
  readonly restsUntil?: Date;
}

/** The authorities that the archive stamps with. */
export interface TimestampAuthorities {
  /**
   * A time-stamp of the first authority that gives one.
   * @param except names of authorities that are not to be asked, such as one whose key was compromised
   * @throws ArchiveError TIMESTAMP_UNAVAILABLE when none does
   */
  stamp(imprint: ImprintToStamp, except?: readonly string[]): Promise<ObtainedTimestamp>;
  health(): AuthorityHealth[];
  readonly names: readonly string[];
}

const firstRest = 5_000;
const longestRest = 3_600_000;

/**
 * Authorities in order of preference. One that failed rests, each time for twice as long, up to an hour; the next is asked
 * meanwhile. One that rests is asked all the same where nobody else is left.
 * @param tell is told of every failure
 */
export function timestampAuthorities(
  authorities: readonly TimestampAuthority[],
  clock: Clock,
  tell: (name: string, error: AuthorityFailed) => void = () => undefined,
): TimestampAuthorities {
  const states = new Map(
    authorities.map(({ name }) => [name, { stamped: 0, failures: 0, restsUntil: 0, lastFailure: '' }]),
  );
  const stateOf = (name: string) => states.get(name) ?? { stamped: 0, failures: 0, restsUntil: 0, lastFailure: '' };
  const rests = ({ name }: TimestampAuthority) => stateOf(name).restsUntil > clock().getTime();
  const ask = async (authority: TimestampAuthority, imprint: ImprintToStamp) => {
    const state = stateOf(authority.name);
    try {
      const obtained = await authority.stamp(imprint);
      states.set(authority.name, { stamped: state.stamped + 1, failures: 0, restsUntil: 0, lastFailure: '' });
      return obtained;
    } catch (error) {
      if (!(error instanceof AuthorityFailed)) throw error;
      const rest = Math.min(longestRest, firstRest * 2 ** state.failures);
      const restsUntil = clock().getTime() + rest;
      states.set(authority.name, { ...state, failures: state.failures + 1, restsUntil, lastFailure: error.message });
      tell(authority.name, error);
      return undefined;
    }
  };
  return {
    names: authorities.map(({ name }) => name),
    stamp: async (imprint, except = []) => {
      const allowed = authorities.filter(({ name }) => !except.includes(name));
      for (const authority of [...allowed.filter((one) => !rests(one)), ...allowed.filter(rests)]) {
        const obtained = await ask(authority, imprint);
        if (obtained) return obtained;
      }
      const told = allowed.map(({ name }) => `${name}: ${stateOf(name).lastFailure}`).join('; ');
      throw new ArchiveError(
        'TIMESTAMP_UNAVAILABLE',
        `No time-stamping authority gave a time-stamp (${told || 'none is configured'}). It is tried again by itself; check the network and the contract.`,
      );
    },
    health: () =>
      authorities.map(({ name, isTest, price, monthlyQuota }) => {
        const { stamped, failures, restsUntil, lastFailure } = stateOf(name);
        return {
          name,
          isTest,
          stamped,
          failures,
          ...(price ? { price } : {}),
          ...(monthlyQuota === undefined ? {} : { monthlyQuota }),
          ...(lastFailure ? { lastFailure } : {}),
          ...(restsUntil > clock().getTime() ? { restsUntil: new Date(restsUntil) } : {}),
        };
      }),
  };
}
