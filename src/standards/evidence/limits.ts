/**
 * What an evidence record may ask of the machine; a century of yearly renewals fits many times over. `hashed`: octets that
 * are written and hashed because each chain is over all before it.
 */
export const limits = {
  chains: 50,
  timestamps: 500,
  hashValues: 200_000,
  hashed: 2 ** 27,
  /** Octets of objects in XML that are also tried in canonical form, all in all. */
  canonicalised: 16 << 20,
} as const;
