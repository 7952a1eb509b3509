import { expect } from 'chai';
import {
  growTree,
  initialPolicyTree,
  mapPolicies,
  PolicyTreeTooLarge,
} from '../../../../src/standards/certification-path/policy-tree.ts';

const policies = Array.from({ length: 40 }, (_, index) => ({ policy: `1.2.3.${index}`, qualifiers: [] }));
/** Every policy becomes every other one: each level multiplies the nodes. */
const everything = policies.flatMap((issuer) =>
  policies.map((subject) => ({ issuerDomain: issuer.policy, subjectDomain: subject.policy })),
);

describe('the policy tree', () => {
  it('refuses to grow without end (CVE-2023-0464)', () => {
    expect(() => {
      let tree = initialPolicyTree();
      for (let level = 0; level < 10; level++)
        tree = mapPolicies(growTree(tree, policies, true), everything, policies, true);
    }).to.throw(PolicyTreeTooLarge);
  });
});
