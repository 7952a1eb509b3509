/** A parameter set of FIPS 204 or FIPS 205 by the number in its name, which stands for its strength. */
export interface PostQuantumAlgorithm {
  readonly scheme: 'ML-DSA' | 'SLH-DSA';
  /** As in reports, e.g. `ML_DSA_65`, `SLH_DSA_SHA2_128S`. */
  readonly name: string;
  readonly strength: number;
  /** What `@noble/post-quantum` calls it. */
  readonly member: string;
}

const arc = '2.16.840.1.101.3.4.3';
const slhSets = ['sha2', 'shake'].flatMap((hash) =>
  [128, 192, 256].flatMap((strength) =>
    ['s', 'f'].map((speed) => ({ member: `${hash}_${strength}${speed}`, strength })),
  ),
);

const algorithms: Readonly<Record<string, PostQuantumAlgorithm>> = Object.fromEntries([
  ...[44, 65, 87].map((strength, index) => [
    `${arc}.${17 + index}`,
    { scheme: 'ML-DSA' as const, name: `ML_DSA_${strength}`, strength, member: `ml_dsa${strength}` },
  ]),
  ...slhSets.map(({ member, strength }, index) => [
    `${arc}.${20 + index}`,
    { scheme: 'SLH-DSA' as const, name: `SLH_DSA_${member.toUpperCase()}`, strength, member: `slh_dsa_${member}` },
  ]),
]);

/** What an identifier names, of keys and signatures alike (RFC 9881 2, RFC 9909 3): the pure forms, with no parameters. */
export function postQuantumAlgorithm(oid: string): PostQuantumAlgorithm | undefined {
  return algorithms[oid];
}
