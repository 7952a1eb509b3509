import type { PolicyInformation } from '../formats/x509/index.ts';

/** The policy that stands for every one (RFC 5280 4.2.1.4). */
export const anyPolicy = '2.5.29.32.0';

interface PolicyNode {
  policy: string;
  qualifiers: readonly Uint8Array[];
  expected: ReadonlySet<string>;
  readonly parent: PolicyNode | undefined;
}

/**
 * The valid_policy_tree of RFC 5280 6.1.2, as levels of nodes; the last is the newest. Null: no policy is left.
 * Bounded, since a tree of mappings can be made to grow without end (CVE-2023-0464).
 */
export type PolicyTree = readonly (readonly PolicyNode[])[] | null;

const mostNodes = 4096;

/** Thrown when a path asks for a tree that no honest path has. */
export class PolicyTreeTooLarge extends Error {}

/** The tree before the first certificate: any policy. */
export function initialPolicyTree(): PolicyTree {
  return [[{ policy: anyPolicy, qualifiers: [], expected: new Set([anyPolicy]), parent: undefined }]];
}

/** RFC 5280 6.1.3 d: the next level, from the policies of the next certificate. */
export function growTree(tree: PolicyTree, policies: readonly PolicyInformation[], anyAllowed: boolean): PolicyTree {
  if (!tree) return null;
  const above = tree.at(-1) ?? [];
  const level: PolicyNode[] = [];
  const named = policies.filter(({ policy }) => policy !== anyPolicy);
  const parentsByExpected = new Map<string, PolicyNode[]>();
  for (const node of above)
    for (const value of node.expected) parentsByExpected.set(value, [...(parentsByExpected.get(value) ?? []), node]);
  const anyParent = above.find(({ policy }) => policy === anyPolicy);
  for (const { policy, qualifiers } of named) {
    const parents = parentsByExpected.get(policy) ?? (anyParent ? [anyParent] : []);
    for (const parent of parents) level.push({ policy, qualifiers, expected: new Set([policy]), parent });
  }
  const any = policies.find(({ policy }) => policy === anyPolicy);
  if (any && anyAllowed) {
    const taken = new Map<PolicyNode, Set<string>>();
    for (const { parent, policy } of level)
      if (parent) taken.set(parent, (taken.get(parent) ?? new Set<string>()).add(policy));
    for (const parent of above)
      for (const policy of parent.expected)
        if (!taken.get(parent)?.has(policy))
          level.push({ policy, qualifiers: any.qualifiers, expected: new Set([policy]), parent });
  }
  return pruned([...tree, level]);
}

/** RFC 5280 6.1.4 b: policies of the issuer's domain become those of the subject's, or go where that is inhibited. */
export function mapPolicies(
  tree: PolicyTree,
  mappings: readonly { issuerDomain: string; subjectDomain: string }[],
  policies: readonly PolicyInformation[],
  mappingAllowed: boolean,
): PolicyTree {
  if (!tree) return null;
  let level = [...(tree.at(-1) ?? [])];
  const subjectsOf = new Map<string, Set<string>>();
  for (const { issuerDomain, subjectDomain } of mappings)
    subjectsOf.set(issuerDomain, (subjectsOf.get(issuerDomain) ?? new Set<string>()).add(subjectDomain));
  if (!mappingAllowed) {
    level = level.filter(({ policy }) => !subjectsOf.has(policy));
    return pruned([...tree.slice(0, -1), level]);
  }
  const any = level.find(({ policy }) => policy === anyPolicy);
  const anyQualifiers = policies.find(({ policy }) => policy === anyPolicy)?.qualifiers ?? [];
  for (const [policy, expected] of subjectsOf) {
    const nodes = level.filter((node) => node.policy === policy);
    for (const node of nodes) node.expected = expected;
    if (nodes.length === 0 && any) level.push({ policy, qualifiers: anyQualifiers, expected, parent: any.parent });
  }
  return pruned([...tree.slice(0, -1), level]);
}

/** RFC 5280 6.1.5 g: what is left of the tree for somebody who accepts only `accepted` (undefined: any policy). */
export function intersectTree(tree: PolicyTree, accepted: readonly string[] | undefined): PolicyTree {
  if (!tree || accepted === undefined || accepted.includes(anyPolicy)) return tree;
  const isAuthority = ({ parent }: PolicyNode) => parent?.policy === anyPolicy;
  const refused = new Set(
    tree.flatMap((level) =>
      level.filter((node) => isAuthority(node) && node.policy !== anyPolicy && !accepted.includes(node.policy)),
    ),
  );
  const kept = tree.map((level) => level.filter((node) => !descendsFrom(node, refused)));
  const last = kept.at(-1) ?? [];
  const any = last.find(({ policy }) => policy === anyPolicy);
  if (!any) return pruned(kept);
  const authorities = new Set(tree.flatMap((level) => level.filter(isAuthority).map(({ policy }) => policy)));
  const added = accepted
    .filter((policy) => !authorities.has(policy))
    .map((policy) => ({ policy, qualifiers: any.qualifiers, expected: new Set([policy]), parent: any.parent }));
  return pruned([...kept.slice(0, -1), [...last.filter((node) => node !== any), ...added]]);
}

/** The policies at the end of the path, by the name they have in the anchor's domain, with all their qualifiers. */
export function policiesOf(tree: PolicyTree): PolicyInformation[] {
  return (tree?.at(-1) ?? []).map((node) => {
    const ancestry = ancestryOf(node);
    const authority = ancestry.findLast(({ policy }) => policy !== anyPolicy) ?? node;
    return { policy: authority.policy, qualifiers: ancestry.flatMap(({ qualifiers }) => qualifiers) };
  });
}

function descendsFrom(node: PolicyNode, ancestors: ReadonlySet<PolicyNode>): boolean {
  return ancestryOf(node).some((ancestor) => ancestors.has(ancestor));
}

/** The node and those above it, the root last. */
function ancestryOf(node: PolicyNode): PolicyNode[] {
  const ancestry: PolicyNode[] = [];
  for (let at: PolicyNode | undefined = node; at; at = at.parent) ancestry.push(at);
  return ancestry;
}

/** Nodes without children above the newest level go; a tree without nodes there is null (RFC 5280 6.1.3 d 3). */
function pruned(levels: readonly (readonly PolicyNode[])[]): PolicyTree {
  if (levels.reduce((sum, level) => sum + level.length, 0) > mostNodes)
    throw new PolicyTreeTooLarge('a policy tree too large');
  const kept: (readonly PolicyNode[])[] = [];
  let parents: ReadonlySet<PolicyNode | undefined> | undefined;
  for (const level of [...levels].reverse()) {
    const used: readonly PolicyNode[] = parents ? level.filter((node) => parents?.has(node)) : level;
    kept.unshift(used);
    parents = new Set(used.map(({ parent }) => parent));
  }
  return (kept[0]?.length ?? 0) > 0 ? kept : null;
}
