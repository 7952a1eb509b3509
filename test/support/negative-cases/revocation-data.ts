import {
  type CertificateHolder,
  keyUsage,
  ocspNoCheck,
  type RevocationReason,
} from '../../../src/standards/seals/index.ts';
import { defaultPolicy, type ValidationPolicy } from '../../../src/standards/signatures/index.ts';
import { daysFrom } from '../toy-certificates.ts';
import { type ToyPki, toyPki } from '../toy-pki.ts';
import {
  authority,
  besideIntermediate,
  besideRoot,
  days,
  type Edit,
  generalFailure,
  inTheNameOf,
  issuerLists,
  lists,
  type NegativeCase,
  passed,
  type Scene,
  underFaulty,
  withExtension,
  withoutExtension,
} from './scene.ts';

const revocationData = (name: string, clause: string, edit: Edit, more: Partial<NegativeCase> = {}): NegativeCase => ({
  name,
  clause: `5.2.6.4; ${clause}`,
  collected: edit,
  handedIn: edit,
  expected: generalFailure,
  ...more,
});

const ocspBy = (signedBy: (pki: ToyPki, on: Scene['on']) => Promise<CertificateHolder>) =>
  besideRoot(async ({ pki, signer, on }) => {
    const responder = await signedBy(pki, on);
    const answer = await pki.ocsp(signer, { signedBy: responder, thisUpdate: on(days.collected) });
    return { ocspResponses: [answer], certificates: responder.signer.chain };
  });

/** A responder that does not do without revocation data (no id-pkix-ocsp-nocheck), and was revoked. */
function byRevokedResponder(day: number, reason: RevocationReason): Edit {
  return besideRoot(async ({ pki, signer, on }) => {
    const signedBy = await authority(pki, {
      name: 'Opozvani OCSP',
      profile: 'status',
      edit: withoutExtension('1.3.6.1.5.5.7.48.1.5'),
    });
    pki.revoke(signedBy, on(day), reason);
    const answer = await pki.ocsp(signer, { signedBy, thisUpdate: on(days.collected) });
    return { ocspResponses: [answer, await pki.ocsp(signedBy)] };
  });
}

export const revocation: readonly NegativeCase[] = [
  revocationData('nothing is known of revocation', 'RFC 5280 6.3', async () => ({}), {
    expected: { B: generalFailure, T: generalFailure },
  }),
  revocationData(
    "the list's signature is wrong",
    'RFC 5280 6.3.3 f',
    besideRoot(async ({ pki }) => ({ crls: [await pki.crl({ fault: 'broken-signature' })] })),
  ),
  revocationData(
    'a stranger made the list',
    'RFC 5280 6.3.3 f',
    besideRoot(async ({ pki }) => ({ crls: [await pki.crl({ fault: 'wrong-signer' })] })),
  ),
  revocationData(
    'the list is that of another authority',
    'RFC 5280 6.3.3 b',
    besideRoot(async () => ({})),
  ),
  revocationData(
    'the list is from before the certificate',
    '5.2.6.4',
    besideRoot(async ({ pki, on }) => ({ crls: [await pki.crl({ thisUpdate: on(-500) })] })),
  ),
  revocationData(
    'the issuer may not sign lists',
    'RFC 5280 6.3.3 f',
    async (scene) => ({ crls: [...(await lists(scene, 0)).crls, ...(issuerLists.get(scene.signer) ?? [])] }),
    { signer: underFaulty({ edit: withExtension(keyUsage('keyCertSign')) }) },
  ),
  revocationData(
    'the OCSP response is about another certificate',
    'RFC 6960 3.2',
    besideRoot(async ({ pki }) => ({ ocspResponses: [await pki.ocsp(await pki.signer({ name: 'Neko drugi' }))] })),
  ),
  revocationData(
    'the responder does not know the certificate',
    'RFC 6960 2.2',
    besideRoot(async ({ pki, signer }) => ({
      ocspResponses: [await pki.ocsp(signer, { status: { status: 'unknown' } })],
    })),
  ),
  revocationData(
    "the response's signature is wrong",
    'RFC 6960 3.2',
    besideRoot(async ({ pki, signer }) => ({ ocspResponses: [await pki.ocsp(signer, { fault: 'broken-signature' })] })),
  ),
  revocationData(
    'a stranger made the response',
    'RFC 6960 3.2',
    besideRoot(async ({ pki, signer }) => ({ ocspResponses: [await pki.ocsp(signer, { fault: 'wrong-signer' })] })),
  ),
  revocationData(
    'the responder is not one by its certificate',
    'RFC 6960 4.2.2.2',
    ocspBy((pki) => pki.signer({ name: 'Nije OCSP' })),
  ),
  revocationData(
    'the responder is certified by nobody trusted',
    'RFC 6960 4.2.2.2',
    ocspBy(async () => (await toyPki({ world: 'Tuđi PKI' })).statusResponder),
  ),
  revocationData(
    "the responder's certificate had expired when it answered",
    'RFC 6960 4.2.2.2',
    ocspBy((pki, on) => pki.signer({ name: 'Istekli OCSP', profile: 'status', notAfter: on(-70) })),
  ),
  revocationData(
    'the certificate of the responder was revoked before it answered',
    'RFC 6960 4.2.2.2.1',
    byRevokedResponder(-90, 'superseded'),
  ),
  revocationData(
    'the key of the responder was compromised since, so that anyone may have answered',
    'RFC 6960 4.2.2.2.1',
    byRevokedResponder(-20, 'keyCompromise'),
  ),
  revocationData(
    'the certificate of the responder was replaced after it answered',
    'RFC 6960 4.2.2.2.1',
    byRevokedResponder(-20, 'superseded'),
    { expected: passed },
  ),
  revocationData(
    'the responder is certified by somebody who is no authority',
    'RFC 6960 4.2.2.2; RFC 5280 6.1.4 k',
    ocspBy(async (pki) =>
      pki.signer({ name: 'Lažni OCSP', profile: 'status', issuer: await pki.signer({ name: 'Neko drugi' }) }),
    ),
  ),
  revocationData(
    "the list is a namesake's of the issuer, certified by somebody who is no authority",
    'RFC 5280 6.3.3 f, 6.1.4 k',
    besideRoot(async ({ pki, on }) => {
      const issuer = await pki.authority({
        name: 'Lažno telo',
        issuer: await pki.signer({ name: 'Neko drugi' }),
        edit: inTheNameOf(pki.intermediate),
        extensions: [ocspNoCheck()],
      });
      const crls = [await pki.crl({ issuer, thisUpdate: on(days.collected) })];
      return { crls, certificates: issuer.signer.chain };
    }),
  ),
  revocationData(
    'the OCSP response is about the same number of another issuer',
    'RFC 6960 4.1.1',
    besideRoot(async ({ pki, signer, on }) => ({
      ocspResponses: [await pki.ocsp(signer, { issuer: pki.root, thisUpdate: on(days.collected) })],
    })),
  ),
  revocationData('the only list is from after the certificate expired', '5.2.6.4', async (scene) => lists(scene, -5), {
    signer: { notAfter: daysFrom(new Date('2026-11-24T12:00:00Z'), -10) },
  }),
];

const freshPolicy: ValidationPolicy = {
  ...defaultPolicy,
  revocation: { ...defaultPolicy.revocation, freshness: 'FAIL' },
};
const overdue =
  (day: number): Edit =>
  async ({ pki, on }) => ({
    crls: [
      await pki.crl({ thisUpdate: on(day), nextUpdate: on(day + 7) }),
      await pki.crl({ issuer: pki.root, nextUpdate: on(7) }),
    ],
  });

export const freshness: readonly NegativeCase[] = [
  {
    name: 'the newest list is overdue, and from after the time-stamp',
    clause: '5.2.5.4, 5.5.4',
    policy: freshPolicy,
    stamp: besideIntermediate,
    archive: besideIntermediate,
    collected: overdue(days.collected),
    handedIn: overdue(days.collected),
    expected: { B: 'INDETERMINATE/TRY_LATER', T: passed, LT: passed, LTA: passed },
  },
  {
    name: 'the newest list is overdue, and from before the time-stamp',
    clause: '5.2.5.4, 5.5.4',
    policy: freshPolicy,
    stamp: besideIntermediate,
    archive: besideIntermediate,
    collected: overdue(-120),
    handedIn: overdue(-120),
    expected: 'INDETERMINATE/TRY_LATER',
  },
];
