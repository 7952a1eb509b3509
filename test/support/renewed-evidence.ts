import { enrichTimestampToken } from '../../src/standards/evidence/index.ts';
import type { BatchStep } from './evidence-batch.ts';
import { daysFrom } from './toy-certificates.ts';
import type { ToyPki } from './toy-pki.ts';

const year = 365;

/** What an archive time-stamp is for: a new chain by an algorithm (the first is the first of all), or a renewal. */
export type StepKind = NonNullable<BatchStep['algorithm']> | 'time-stamp';

/**
 * Archive time-stamps years apart, each by an authority whose certificate ends after a year, and renewed before that: with
 * certificates and CRLs of the day after in the token.
 */
export async function yearlySteps(pki: ToyPki, renews: readonly StepKind[]): Promise<BatchStep[]> {
  const steps: BatchStep[] = [];
  let before: BatchStep['enrich'];
  for (const [index, kind] of renews.entries()) {
    const days = 0.9 * year * index;
    const authority = await pki.signer({
      profile: 'timestamps',
      name: `Žig ${index}`,
      notBefore: daysFrom(pki.at, days - 1),
      notAfter: daysFrom(pki.at, days + year),
    });
    const stamp = pki.timestamps({ at: daysFrom(pki.at, days), authority });
    const step = { stamp, ...(before ? { enrich: before } : {}) };
    if (kind === 'time-stamp') steps.push({ ...step, renews: kind });
    else steps.push({ ...step, renews: index === 0 ? 'nothing' : 'hash-tree', algorithm: kind });
    before = enrichment(pki, daysFrom(pki.at, days + 1));
  }
  return steps;
}

/** Puts what was known at a moment into a token: the whole chain, and CRLs of both authorities. */
export function enrichment(pki: ToyPki, thisUpdate: Date): NonNullable<BatchStep['enrich']> {
  return async (token) =>
    enrichTimestampToken(token, {
      certificates: [pki.intermediate.signer.chain[0], pki.root.signer.chain[0]],
      crls: [await pki.crl({ thisUpdate }), await pki.crl({ issuer: pki.root, thisUpdate })],
      ocspResponses: [],
    });
}
