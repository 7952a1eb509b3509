/**
 * What an evidence record may ask of the machine; a century of yearly renewals fits many times over. `hashed`: octets that
 * are written and hashed because each chain is over all before it.
 */
export const limits = {
  chains: 200,
  timestamps: 1000,
  hashValues: 200_000,
  canonicalised: 16 << 20,
  hashed: 2 ** 30,
} as const;
