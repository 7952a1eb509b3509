import { enrichTimestampToken, withoutRevocationData } from '../../../standards/evidence/index.ts';
import { collectTimestampMaterial } from '../../trust-services/index.ts';
import { type BatchDescription, batchPaths, type StoredBatch } from './batch-object.ts';
import type { EvidenceContext } from './evidence-context.ts';

/** A batch up to the token that a renewal covers, and that token as it is to be covered. */
export interface RenewableBatch {
  readonly stored: StoredBatch;
  readonly token: Uint8Array;
}

/** Which tokens may be renewed. */
export interface TokenChoice {
  /** Authorities whose tokens are passed over where an older one holds by itself. */
  readonly distrusted?: readonly string[];
  /** Whether a chain may be given up, too, since another is begun anyway. */
  readonly acrossChains?: boolean;
}

/** Nothing later can prove what these say of a token that is the newest: the renewal comes too late. */
const lost = /^(REVOKED|OUT_OF_BOUNDS|CRYPTO_CONSTRAINTS)/;

/**
 * The token of a batch that a renewal is to cover, with the validation material of now in it: the newest one or, where that
 * certainly fails by now, one before it that holds still; what came after that one is given up. What cannot be settled
 * now, because an authority's list is not to be had, does not stop a renewal: later is worse.
 * @returns why there is none: the proof is broken
 */
export async function tokenToRenew(
  context: EvidenceContext,
  stored: StoredBatch,
  { distrusted = [], acrossChains = false }: TokenChoice = {},
): Promise<RenewableBatch | { readonly reason: string }> {
  const states = statesOf(stored.description, acrossChains, context.clock());
  const isDistrusted = (state: BatchDescription) => distrusted.includes(newestOf(state)?.authority ?? '');
  let reason = 'it has no time-stamp';
  for (const [index, state] of [
    ...states.filter((one) => !isDistrusted(one)),
    ...states.filter(isDistrusted),
  ].entries()) {
    const path = batchPaths.token(state.chains.length, state.chains.at(-1)?.timestamps.length ?? 1);
    const judged = await judge(context, await stored.read(path));
    if (judged.token) {
      const { token } = judged;
      const read = async (asked: string) => (asked === path ? token : stored.read(asked));
      return { stored: { ...stored, description: state, read }, token };
    }
    if (index === 0) reason = judged.reason;
  }
  return { reason };
}

const newestOf = ({ chains }: BatchDescription) => chains.at(-1)?.timestamps.at(-1);

/** The batch as it is, and as it was before each of its newest time-stamps, as long as the one then newest has not ended. */
function statesOf(description: BatchDescription, acrossChains: boolean, now: Date): BatchDescription[] {
  const states = [description];
  for (let state = description; ; ) {
    const last = state.chains.at(-1);
    if (!last) return states;
    if (last.timestamps.length === 1 && !acrossChains) return states;
    const rest = last.timestamps.length > 1 ? [{ ...last, timestamps: last.timestamps.slice(0, -1) }] : [];
    state = { ...state, chains: [...state.chains.slice(0, -1), ...rest] };
    if (new Date(newestOf(state)?.expiresAt ?? 0) <= now) return states;
    states.push(state);
  }
}

async function judge(context: EvidenceContext, token: Uint8Array): Promise<{ token?: Uint8Array; reason: string }> {
  const known = await context.knownTimestampMaterial?.();
  const judgement = {
    anchors: await context.timestampAnchors(),
    validationTime: context.clock(),
    ...(context.materialSource ? { source: context.materialSource } : {}),
    ...(known ? { known } : {}),
    ...(context.validationPolicy ? { policy: context.validationPolicy } : {}),
  };
  // The lists that it carries are from when it was made; those of now are wanted under the renewal.
  const fresh = await collectTimestampMaterial(withoutRevocationData(token), judgement);
  const whole = await collectTimestampMaterial(token, { ...judgement, known: fresh.material });
  const { indication, subIndication, reason, material } = whole;
  const isLost = indication === 'FAILED' || (indication !== 'PASSED' && lost.test(subIndication ?? ''));
  return isLost ? { reason } : { token: enrichTimestampToken(token, material), reason };
}
