import { chain, cryptography, good } from './content-and-chain.ts';
import { revocations, validity } from './revocation-and-validity.ts';
import { freshness, revocation } from './revocation-data.ts';
import type { NegativeCase } from './scene.ts';
import { algorithms, renewals, timestamps } from './time-and-algorithms.ts';

export { days, lists, type NegativeCase, type Scene, withWrongValues } from './scene.ts';

/** Every case, by what it is about. */
export const negativeCases: Readonly<Record<string, readonly NegativeCase[]>> = {
  'from which the others differ in one thing': good,
  'and cryptography': cryptography,
  'and the chain': chain,
  'and revocation data': revocation,
  'and its age': freshness,
  'and revocation': revocations,
  'and validity': validity,
  'and time-stamps': timestamps,
  'and the order and renewal of time-stamps': renewals,
  'and the age of algorithms': algorithms,
};
