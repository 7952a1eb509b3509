import { sequence, tagged } from '../../src/standards/seals/der.ts';
import {
  basicConstraints,
  type CertificateHolder,
  extendedKeyUsage,
  keyUsage,
  ocspNoCheck,
  type RevocationReason,
} from '../../src/standards/seals/index.ts';
import { distinguishedName } from '../../src/standards/seals/test-pki/distinguished-name.ts';
import { defaultPolicy, type ValidationPolicy } from '../../src/standards/signatures/index.ts';
import { withLastBitFlipped } from './flipped-bit.ts';
import type { JwsMaterial } from './signed-jws.ts';
import type { SignedFormat, SignedLevel } from './signed-levels.ts';
import { daysFrom, type HolderOptions } from './toy-certificates.ts';
import { type ToyPki, toyPki } from './toy-pki.ts';
import type { TimestampOptions } from './toy-statements.ts';

/** When what happens, in days from the moment of validation. */
export const days = { signed: -100, archived: -50, collected: -60 } as const;

/** Everything that a case may be about, made before anything is signed. */
export interface Scene {
  readonly pki: ToyPki;
  readonly signer: CertificateHolder;
  /** The moment of validation, days later. */
  readonly on: (day: number) => Date;
}

type Edit = (scene: Scene) => Partial<JwsMaterial> | Promise<Partial<JwsMaterial>>;

/** One edit of a good signature, and what follows from it. */
export interface NegativeCase {
  readonly name: string;
  /** Of EN 319 102-1, unless another text is named. */
  readonly clause: string;
  /** One verdict for all levels, or one for each that the case is about. */
  readonly expected: string | Partial<Record<SignedLevel, string>>;
  readonly formats?: readonly SignedFormat[];
  readonly world?: () => Promise<ToyPki>;
  readonly signer?: HolderOptions | ((pki: ToyPki, on: Scene['on']) => Promise<CertificateHolder>);
  /** What is revoked before validation data is collected, and since. */
  readonly revoked?: (scene: Scene) => void | Promise<void>;
  readonly revokedSince?: (scene: Scene) => void | Promise<void>;
  readonly signingTime?: number | 'absent';
  readonly contentStamp?: (scene: Scene) => TimestampOptions;
  readonly stamp?: (scene: Scene) => TimestampOptions | Promise<TimestampOptions>;
  readonly archive?: (scene: Scene) => TimestampOptions | Promise<TimestampOptions>;
  readonly collected?: Edit;
  readonly handedIn?: Edit;
  readonly anchors?: (pki: ToyPki) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  readonly policy?: ValidationPolicy;
  readonly contentChanged?: true;
  readonly valueChanged?: true;
}

const passed = 'TOTAL_PASSED';
const generalFailure = 'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE';
const revoked = 'INDETERMINATE/REVOKED_NO_POE';
const authorityRevoked = 'INDETERMINATE/REVOKED_CA_NO_POE';
const expired = 'INDETERMINATE/OUT_OF_BOUNDS_NOT_REVOKED';
const weak = 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE';
const withContentStamps: readonly SignedFormat[] = ['CAdES', 'JAdES'];

/** The lists of both authorities, of a day. */
export async function lists({ pki, on }: Scene, day: number, more: readonly CertificateHolder[] = []) {
  const issuers = [pki.intermediate, pki.root, ...more];
  return { crls: await Promise.all(issuers.map((issuer) => pki.crl({ issuer, thisUpdate: on(day) }))) };
}

const good: readonly NegativeCase[] = [{ name: 'nothing is wrong', clause: '5.6', expected: passed }];

const cryptography: readonly NegativeCase[] = [
  { name: 'the content was changed', clause: '5.2.7.4', contentChanged: true, expected: 'TOTAL_FAILED/HASH_FAILURE' },
  {
    name: 'the signature value was changed',
    clause: '5.2.7.4',
    valueChanged: true,
    formats: ['CAdES', 'PAdES', 'XAdES'],
    expected: 'TOTAL_FAILED/SIG_CRYPTO_FAILURE',
  },
  {
    name: 'the signature value, which is over the content itself, was changed',
    clause: '5.2.7.4',
    valueChanged: true,
    formats: ['JAdES'],
    expected: 'TOTAL_FAILED/HASH_FAILURE',
  },
  {
    name: 'no signing time is claimed',
    clause: '5.2.8',
    signingTime: 'absent',
    formats: ['CAdES', 'JAdES'],
    expected: 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
  },
  {
    name: 'the signing time claimed lies before the certificate',
    clause: '5.2.8',
    signingTime: -600,
    expected: 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
  },
];

const withoutExtension =
  (type: string): HolderOptions['edit'] =>
  (contents) => ({
    ...contents,
    extensions: contents.extensions.filter((extension) => extension.type !== type),
  });
const withExtension =
  (...extensions: NonNullable<HolderOptions['extensions']>): HolderOptions['edit'] =>
  (contents) => ({
    ...contents,
    extensions: [
      ...contents.extensions.filter(({ type }) => !extensions.some((extension) => extension.type === type)),
      ...extensions,
    ],
  });

/** Names below another organisation alone are permitted (RFC 5280 4.2.1.10). */
const onlyOthers = {
  type: '2.5.29.30',
  critical: true,
  value: sequence(tagged(0, sequence(tagged(4, distinguishedName({ C: 'RS', O: 'Neko drugi' }))))),
};

/** The lists of the issuer of the signer, too. */
const ofIssuer =
  (day: number): Edit =>
  async (scene) => {
    const { crls } = await lists(scene, day);
    return { crls: [...crls, ...(issuerLists.get(scene.signer) ?? [])] };
  };
const issuerLists = new WeakMap<CertificateHolder, Uint8Array[]>();

/** A signer under an authority with a fault, with the list of that authority. */
const underFaulty =
  (options: HolderOptions, deeper = false) =>
  async (pki: ToyPki, on: Scene['on']): Promise<CertificateHolder> => {
    const faulty = await pki.authority({ name: 'Telo sa greškom', ...options });
    const issuer = deeper ? await pki.authority({ name: 'Telo ispod njega', issuer: faulty }) : faulty;
    const signer = await pki.signer({ issuer });
    const crls = await Promise.all(
      [faulty, issuer].map((one) => pki.crl({ issuer: one, thisUpdate: on(days.collected) })),
    );
    issuerLists.set(signer, crls);
    return signer;
  };

const inChain = (name: string, signer: NegativeCase['signer'], clause: string): NegativeCase => ({
  name,
  clause: `5.2.6.4; RFC 5280 ${clause}`,
  ...(signer ? { signer } : {}),
  collected: ofIssuer(days.collected),
  handedIn: ofIssuer(0),
  expected: generalFailure,
});

const chain: readonly NegativeCase[] = [
  {
    name: 'the root is not trusted',
    clause: '5.2.6.4',
    anchors: () => [],
    expected: 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
  },
  {
    name: "the issuer's signature on the certificate is wrong",
    clause: '5.2.6.4; RFC 5280 6.1.3 a 1',
    signer: { fault: 'broken-signature' },
    expected: 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
  },
  inChain('the certificate has a critical extension that nobody knows', { fault: 'unknown-critical-extension' }, '4.2'),
  inChain('the issuer is no authority', underFaulty({ edit: withoutExtension('2.5.29.19') }), '6.1.4 k'),
  inChain('the issuer says that it is no authority', underFaulty({ fault: 'issuer-not-authority' }), '6.1.4 k'),
  inChain('the path is too long', underFaulty({ edit: withExtension(basicConstraints(true, 0)) }, true), '6.1.4 l'),
  inChain('the name is not permitted', underFaulty({ extensions: [onlyOthers] }), '6.1.3 b'),
  inChain(
    'the issuer may not sign certificates',
    underFaulty({ edit: withExtension(keyUsage('cRLSign', 'digitalSignature')) }),
    '6.1.4 n',
  ),
  inChain(
    'an authority has an unknown critical extension',
    underFaulty({ fault: 'unknown-critical-extension' }),
    '4.2',
  ),
  {
    name: 'the key is for encipherment alone',
    clause: '5.2.6.4; RFC 5280 4.2.1.3',
    signer: { fault: 'wrong-usage' },
    expected: 'INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE',
  },
  {
    name: 'the certificate does without revocation data, which a signer may not',
    clause: '5.2.6.4; RFC 6960 4.2.2.2.1',
    signer: { extensions: [ocspNoCheck()] },
    expected: generalFailure,
  },
];

const revocationData = (name: string, clause: string, edit: Edit, more: Partial<NegativeCase> = {}): NegativeCase => ({
  name,
  clause: `5.2.6.4; ${clause}`,
  collected: edit,
  handedIn: edit,
  expected: generalFailure,
  ...more,
});

/** The root's list is good; what is said of the signer is not. */
const besideRoot =
  (edit: (scene: Scene) => Promise<Partial<JwsMaterial>>): Edit =>
  async (scene) => {
    const own = await edit(scene);
    const root = await scene.pki.crl({ issuer: scene.pki.root, thisUpdate: scene.on(days.collected) });
    return { ...own, crls: [...(own.crls ?? []), root] };
  };
const ocspBy = (signedBy: (pki: ToyPki, on: Scene['on']) => Promise<CertificateHolder>) =>
  besideRoot(async ({ pki, signer, on }) => {
    const responder = await signedBy(pki, on);
    const answer = await pki.ocsp(signer, { signedBy: responder, thisUpdate: on(days.collected) });
    return { ocspResponses: [answer], certificates: responder.signer.chain };
  });

const holders = new WeakMap<ToyPki, Map<string, Promise<CertificateHolder>>>();

/** The same authority for all time-stamps of a scene. */
function authority(pki: ToyPki, options: HolderOptions): Promise<CertificateHolder> {
  const known = holders.get(pki) ?? new Map<string, Promise<CertificateHolder>>();
  holders.set(pki, known);
  const name = options.name ?? 'Žig sa greškom';
  const made = known.get(name) ?? pki.signer({ profile: 'timestamps', ...options, name });
  known.set(name, made);
  return made;
}
/** The subject of somebody else. */
function inTheNameOf({ subject }: CertificateHolder): HolderOptions['edit'] {
  return (contents) => ({ ...contents, subject });
}

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

const revocation: readonly NegativeCase[] = [
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

/** A time-stamping authority that stands below the root, beside what happens to the intermediate. */
const besideIntermediate = async ({ pki }: Scene): Promise<TimestampOptions> => ({
  authority: await pki.signer({ name: 'Žig ispod korena', profile: 'timestamps', issuer: pki.root }),
});

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

const freshness: readonly NegativeCase[] = [
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

const revocations: readonly NegativeCase[] = [
  {
    name: 'the certificate was revoked after the time-stamp',
    clause: '5.5.4',
    revokedSince: ({ pki, signer, on }) => pki.revoke(signer, on(-30)),
    expected: { B: revoked, T: passed, LT: passed, LTA: passed },
  },
  {
    name: 'the certificate was revoked before the time-stamp',
    clause: '5.5.4, 5.6.2.4',
    revoked: ({ pki, signer, on }) => pki.revoke(signer, on(-150)),
    expected: revoked,
  },
  {
    name: 'the certificate was revoked before the time-stamp, which came out later',
    clause: '5.5.4, 5.6.2.4',
    revokedSince: ({ pki, signer, on }) => pki.revoke(signer, on(-101)),
    expected: revoked,
  },
  {
    name: 'the issuer says revoked, and a responder of another authority says good later',
    clause: '5.2.6.4; RFC 6960 4.2.2.2',
    revoked: ({ pki, signer, on }) => pki.revoke(signer, on(-150)),
    handedIn: async (scene) => {
      const { pki, signer, on } = scene;
      const signedBy = await pki.signer({ name: 'Tuđi OCSP', profile: 'status', issuer: pki.root });
      const answer = await pki.ocsp(signer, { signedBy, status: { status: 'good' }, thisUpdate: on(0) });
      return { ...(await lists(scene, -20)), ocspResponses: [answer] };
    },
    expected: revoked,
  },
  {
    name: 'the issuer says revoked, and its namesake below another trusted root says good later',
    clause: 'RFC 5280 6.3.3 f',
    anchors: async (pki) => [...pki.anchors, ...(await toyPki({ world: 'Tuđi PKI' })).anchors],
    revoked: ({ pki, signer, on }) => pki.revoke(signer, on(-150)),
    handedIn: async (scene) => {
      const other = await toyPki({ world: 'Tuđi PKI' });
      const edit = inTheNameOf(scene.pki.intermediate);
      const issuer = await other.authority({ name: 'Imenjak', issuer: other.root, edit });
      const { crls } = await lists(scene, -20);
      return {
        crls: [...crls, await other.crl({ issuer }), await other.crl({ issuer: other.root })],
        certificates: issuer.signer.chain,
      };
    },
    expected: revoked,
  },
  {
    name: 'the certificate was suspended after the time-stamp',
    clause: '5.2.6.4, 5.5.4',
    revokedSince: ({ pki, signer, on }) => pki.revoke(signer, on(-30), 'certificateHold'),
    expected: { B: 'INDETERMINATE/TRY_LATER', T: passed, LT: passed, LTA: passed },
  },
  {
    name: 'the certificate was suspended before the time-stamp',
    clause: '5.2.6.4, 5.5.4',
    revoked: ({ pki, signer, on }) => pki.revoke(signer, on(-150), 'certificateHold'),
    expected: 'INDETERMINATE/TRY_LATER',
  },
  {
    name: 'the issuer was revoked after the time-stamp, whose authority is another',
    clause: '5.5.4',
    stamp: besideIntermediate,
    archive: besideIntermediate,
    revokedSince: ({ pki, on }) => pki.revoke(pki.intermediate, on(-30)),
    expected: { B: authorityRevoked, T: passed, LT: passed, LTA: passed },
  },
  {
    name: 'the issuer of signer and time-stamping authority was revoked after the time-stamp',
    clause: '5.4, 5.5.4, 5.6.3.4',
    archive: besideIntermediate,
    revokedSince: ({ pki, on }) => pki.revoke(pki.intermediate, on(-30)),
    expected: { B: authorityRevoked, T: authorityRevoked, LT: authorityRevoked, LTA: passed },
  },
  {
    name: 'the issuer was revoked before the time-stamp',
    clause: '5.5.4',
    stamp: besideIntermediate,
    archive: besideIntermediate,
    revoked: ({ pki, on }) => pki.revoke(pki.intermediate, on(-150)),
    expected: authorityRevoked,
  },
  {
    name: 'a content time-stamp shows that the signature was made after the revocation',
    clause: '5.3.4',
    formats: withContentStamps,
    contentStamp: ({ on }) => ({ at: on(days.signed - 1) }),
    revoked: ({ pki, signer, on }) => pki.revoke(signer, on(-150)),
    expected: 'TOTAL_FAILED/REVOKED',
  },
  {
    name: 'a content time-stamp from before the revocation proves nothing',
    clause: '5.3.4',
    formats: withContentStamps,
    contentStamp: ({ on }) => ({ at: on(-160) }),
    revoked: ({ pki, signer, on }) => pki.revoke(signer, on(-150)),
    expected: revoked,
  },
  {
    name: 'a content time-stamp that does not hold proves nothing',
    clause: '5.3.4',
    formats: withContentStamps,
    contentStamp: ({ on }) => ({ at: on(days.signed - 1), fault: 'wrong-imprint' }),
    revoked: ({ pki, signer, on }) => pki.revoke(signer, on(-150)),
    expected: revoked,
  },
];

const moment = new Date('2026-11-24T12:00:00Z');
const fromTo = (from: number, to: number): HolderOptions => ({
  notBefore: daysFrom(moment, from),
  notAfter: daysFrom(moment, to),
});

/** A signer who lapsed ten days ago, under an authority that did before. */
function underLapsed(day: number) {
  return async (pki: ToyPki, on: Scene['on']): Promise<CertificateHolder> => {
    const issuer = await pki.authority({ name: 'Isteklo telo', issuer: pki.root, notAfter: on(day) });
    const signer = await pki.signer({ issuer, notAfter: on(-10) });
    issuers.set(signer, issuer);
    return signer;
  };
}

const issuers = new WeakMap<CertificateHolder, CertificateHolder>();

/** What a responder below the root says of the signer, and the root of the issuer, in good time. */
const answered =
  (day: number): Edit =>
  async ({ pki, signer, on }) => {
    const signedBy = await pki.signer({ name: 'Dugotrajni OCSP', profile: 'status', issuer: pki.root });
    const issuer = issuers.get(signer) ?? pki.intermediate;
    const ocspResponses = [await pki.ocsp(signer, { issuer, signedBy, thisUpdate: on(day) })];
    return { ocspResponses, crls: [await pki.crl({ issuer: pki.root, thisUpdate: on(day) })] };
  };

const validity: readonly NegativeCase[] = [
  {
    name: 'the certificate expired after the time-stamp',
    clause: '5.2.6.4, 5.5.4',
    signer: fromTo(-365, -10),
    handedIn: (scene) => lists(scene, -12),
    expected: { B: expired, T: passed, LT: passed, LTA: passed },
  },
  {
    name: 'the certificate had expired before the time-stamp',
    clause: '5.2.6.4, 5.5.4',
    signer: fromTo(-365, -120),
    signingTime: -130,
    collected: (scene) => lists(scene, -125),
    handedIn: (scene) => lists(scene, -125),
    expected: expired,
  },
  {
    name: 'certificate and issuer expired since, the issuer before the time-stamp',
    clause: '5.5.4; RFC 5280 6.1.3 a 2',
    signer: underLapsed(-120),
    signingTime: -130,
    stamp: besideIntermediate,
    collected: answered(-125),
    handedIn: answered(-125),
    expected: {
      B: expired,
      T: 'INDETERMINATE/OUT_OF_BOUNDS_NO_POE',
      LT: 'INDETERMINATE/OUT_OF_BOUNDS_NO_POE',
      LTA: 'INDETERMINATE/OUT_OF_BOUNDS_NO_POE',
    },
  },
  {
    name: 'certificate and issuer expired since, both after the time-stamp',
    clause: '5.5.4; RFC 5280 6.1.3 a 2',
    signer: underLapsed(-15),
    stamp: besideIntermediate,
    archive: besideIntermediate,
    collected: answered(-20),
    handedIn: answered(-20),
    expected: { B: expired, T: passed, LT: passed, LTA: passed },
  },
  {
    name: 'a content time-stamp shows that the signature was made after expiry',
    clause: '5.3.4',
    formats: withContentStamps,
    signer: fromTo(-365, -120),
    signingTime: -130,
    contentStamp: ({ on }) => ({ at: on(days.signed - 1) }),
    collected: (scene) => lists(scene, -125),
    handedIn: (scene) => lists(scene, -125),
    expected: 'TOTAL_FAILED/EXPIRED',
  },
  {
    name: 'the time-stamp is older than the certificate',
    clause: '5.5.4',
    signer: fromTo(-80, 300),
    signingTime: -70,
    expected: {
      T: 'TOTAL_FAILED/NOT_YET_VALID',
      LT: 'TOTAL_FAILED/NOT_YET_VALID',
      LTA: 'TOTAL_FAILED/NOT_YET_VALID',
    },
  },
  {
    name: 'the certificate is not valid yet',
    clause: '5.5.4',
    signer: fromTo(1, 300),
    signingTime: 2,
    collected: (scene) => lists(scene, 2),
    handedIn: (scene) => lists(scene, 2),
    expected: 'TOTAL_FAILED/NOT_YET_VALID',
  },
];

/** The signer was revoked after the time-stamp, so that all depends on what proves the time. */
const byTimestamp = (
  name: string,
  clause: string,
  stamp: NonNullable<NegativeCase['stamp']>,
  more: Partial<NegativeCase> = {},
): NegativeCase[] => {
  const revokedSince: NegativeCase['revokedSince'] = ({ pki, signer, on }) => pki.revoke(signer, on(-30));
  const both = { clause: `5.4, 5.5.4; ${clause}`, stamp, ...more, revokedSince };
  return [
    {
      ...both,
      name: `${name}; an archive time-stamp holds`,
      expected: { B: revoked, T: revoked, LT: revoked, LTA: passed },
    },
    { ...both, name: `${name}; so does the archive time-stamp`, archive: stamp, expected: { LTA: revoked } },
  ];
};

const by =
  (options: HolderOptions) =>
  async ({ pki }: Scene) => ({ authority: await authority(pki, options) });

const timestamps: readonly NegativeCase[] = [
  ...byTimestamp('the imprint is another', 'RFC 3161 2.4.2', () => ({ fault: 'wrong-imprint' })),
  ...byTimestamp("the time-stamp's signature is wrong", 'RFC 3161 2.2', () => ({ fault: 'broken-signature' })),
  ...byTimestamp('the certificate is not for time-stamping', 'RFC 3161 2.3', by({ profile: 'signatures' })),
  ...byTimestamp('the purpose is not critical', 'RFC 3161 2.3', by({ fault: 'purpose-not-critical' })),
  ...byTimestamp(
    'the purpose is not alone',
    'RFC 3161 2.3',
    by({ edit: withExtension(extendedKeyUsage(['timeStamping', 'emailProtection'], true)) }),
  ),
  ...byTimestamp('the time-stamping authority is a stranger', '5.2.6', async ({ on }) => ({
    authority: (await toyPki({ world: 'Tuđi PKI', at: on(0) })).timestampAuthority,
  })),
  ...byTimestamp('the time-stamping authority was revoked before', '5.2.6', by({ name: 'Opozvani žig' }), {
    revoked: async ({ pki, on }) => pki.revoke(await authority(pki, { name: 'Opozvani žig' }), on(-150)),
  }),
  ...byTimestamp('the time-stamping certificate is not valid yet', '5.2.6', by(fromTo(1, 300))),
  ...byTimestamp("the time-stamping authority's key is weak", 'TS 119 312', by({ key: 'rsa-1024' })),
  ...byTimestamp("the time-stamping authority's digest is weak", 'TS 119 312', by({ key: 'rsa-sha1' })),
];

/** What was proven in time by an archive time-stamp stays proven. */
const renewals: readonly NegativeCase[] = [
  {
    name: 'the time-stamping certificate expired since, signer revoked since',
    clause: '5.5.4, 5.6.3.4',
    stamp: by({ name: 'Kratki žig', notAfter: daysFrom(moment, -40) }),
    handedIn: async (scene) => ({ crls: [...(await lists(scene, -45)).crls, ...(await lists(scene, 0)).crls] }),
    revokedSince: ({ pki, signer, on }) => pki.revoke(signer, on(-30)),
    expected: { B: revoked, T: revoked, LT: revoked, LTA: passed },
  },
  {
    name: 'the time-stamping certificate expired since, and the archive time-stamp does not hold',
    clause: '5.5.4, 5.6.3.4',
    stamp: by({ name: 'Kratki žig', notAfter: daysFrom(moment, -40) }),
    archive: () => ({ fault: 'wrong-imprint' }),
    revokedSince: ({ pki, signer, on }) => pki.revoke(signer, on(-30)),
    expected: { LTA: revoked },
  },
  {
    name: 'the signer was revoked before the archive time-stamp, the signature time-stamp does not hold',
    clause: '5.6.2.4',
    stamp: () => ({ fault: 'wrong-imprint' }),
    revokedSince: ({ pki, signer, on }) => pki.revoke(signer, on(-55)),
    expected: { LTA: revoked },
  },
  {
    name: 'the time-stamping certificate was replaced since, signer revoked since',
    clause: '5.4, 5.6.3.4',
    stamp: by({ name: 'Zamenjeni žig' }),
    revokedSince: async ({ pki, signer, on }) => {
      pki.revoke(await authority(pki, { name: 'Zamenjeni žig' }), on(-40), 'superseded');
      pki.revoke(signer, on(-30));
    },
    expected: { B: revoked, T: revoked, LT: revoked, LTA: passed },
  },
  {
    name: 'the time-stamping certificate was revoked before the archive time-stamp, signer revoked since',
    clause: '5.4, 5.6.3.4',
    stamp: by({ name: 'Opozvani žig' }),
    revokedSince: async ({ pki, signer, on }) => {
      pki.revoke(await authority(pki, { name: 'Opozvani žig' }), on(-55));
      pki.revoke(signer, on(-52));
    },
    expected: { B: revoked, T: revoked, LT: revoked, LTA: revoked },
  },
  {
    name: 'the archive time-stamp is older than the signature time-stamp',
    clause: '5.5.4',
    archive: ({ on }) => ({ at: on(-150) }),
    expected: { LTA: 'INDETERMINATE/TIMESTAMP_ORDER_FAILURE' },
  },
  {
    name: 'the content time-stamp is younger than the signature time-stamp',
    clause: '5.5.4',
    formats: withContentStamps,
    contentStamp: ({ on }) => ({ at: on(-90) }),
    expected: {
      B: passed,
      T: 'INDETERMINATE/TIMESTAMP_ORDER_FAILURE',
      LT: 'INDETERMINATE/TIMESTAMP_ORDER_FAILURE',
      LTA: 'INDETERMINATE/TIMESTAMP_ORDER_FAILURE',
    },
  },
];

/** JWS has no algorithm with SHA-1 (RFC 7518 3.1). */
const withSha1: readonly SignedFormat[] = ['CAdES', 'PAdES', 'XAdES'];

/** A world of 2018, whose certificates last. */
const in2018 = () => toyPki({ at: new Date('2018-06-01T12:00:00Z') });
const lasting = { notAfter: new Date('2035-01-01T00:00:00Z') };
const old = (name: string, key: HolderOptions['key'], expected: NegativeCase['expected']): NegativeCase => ({
  name,
  clause: '5.2.8, 5.5.4; TS 119 312',
  world: in2018,
  signer: { ...(key ? { key } : {}), ...lasting },
  signingTime: -3098,
  stamp: async ({ pki }) => ({ at: pki.at, authority: await authority(pki, lasting) }),
  archive: async ({ pki }) => ({ at: daysFrom(pki.at, 30), authority: await authority(pki, lasting) }),
  expected,
});

/** The same, where the issuer stands below the intermediate. */
function answeredOfBoth(day: number): Edit {
  return async (scene) => {
    const { ocspResponses = [], crls = [] } = await answered(day)(scene);
    return { ocspResponses, crls: [...crls, ...(await lists(scene, day)).crls] };
  };
}

/** A signer under an authority whose key was long enough until 2019. */
function underWeak(options: HolderOptions) {
  return async (pki: ToyPki, on: Scene['on']): Promise<CertificateHolder> => {
    const issuer = await pki.authority({ name: 'Telo sa kratkim ključem', key: 'rsa-1024' });
    const signer = await pki.signer({ issuer, ...options });
    const day = options.notAfter === lasting.notAfter ? -3090 : -3135;
    issuerLists.set(signer, [await pki.crl({ issuer, thisUpdate: on(day) })]);
    issuers.set(signer, issuer);
    return signer;
  };
}

async function listOfIssuer({ pki, signer, on }: Scene, day: number): Promise<Uint8Array[]> {
  return [await pki.crl({ issuer: issuers.get(signer) ?? pki.intermediate, thisUpdate: on(day) })];
}

const algorithms: readonly NegativeCase[] = [
  { name: 'the key is too short', clause: '5.2.8; TS 119 312', signer: { key: 'rsa-1024' }, expected: weak },
  {
    name: 'the digest is too weak',
    clause: '5.2.8; TS 119 312',
    formats: withSha1,
    signer: { key: 'rsa-sha1' },
    expected: weak,
  },
  {
    name: 'the issuer signs by SHA-1',
    clause: '5.2.6.4, 5.6.2.4; TS 119 312',
    signer: async (pki) => {
      const issuer = await pki.authority({ name: 'Telo sa SHA-1', key: 'rsa-sha1' });
      const signer = await pki.signer({ issuer });
      issuers.set(signer, issuer);
      return signer;
    },
    collected: answeredOfBoth(days.collected),
    handedIn: answeredOfBoth(0),
    expected: weak,
  },
  old('the key was long enough when time-stamped', 'rsa-1024', { B: weak, T: passed, LT: passed, LTA: passed }),
  { ...old('the digest was too weak when time-stamped, too', 'rsa-sha1', weak), formats: withSha1 },
  {
    ...old('the certificate had expired when time-stamped, and its key is too short by now', 'rsa-1024', expired),
    signer: { key: 'rsa-1024', notAfter: daysFrom(moment, -3128) },
    signingTime: -3136,
    collected: (scene) => lists(scene, -3135),
    handedIn: (scene) => lists(scene, -3135),
  },
  {
    ...old("the issuer's key is too short by now", undefined, { B: weak, T: weak, LT: weak, LTA: passed }),
    signer: underWeak(lasting),
    collected: ofIssuer(-3090),
    handedIn: ofIssuer(-3090),
  },
  {
    ...old(
      "the certificate had been revoked when time-stamped, which only a list says that is from after the end of its issuer's key",
      undefined,
      revoked,
    ),
    signer: underWeak(lasting),
    signingTime: -2900,
    stamp: async ({ pki, on }) => ({ at: on(-2764), authority: await authority(pki, lasting) }),
    archive: async ({ pki, on }) => ({ at: on(-2733), authority: await authority(pki, lasting) }),
    collected: async (scene) => ({
      crls: [
        ...(await lists(scene, -2915)).crls,
        ...(await lists(scene, 0)).crls,
        ...(await listOfIssuer(scene, -2915)),
      ],
    }),
    revokedSince: ({ pki, signer, on }) => pki.revoke(signer, on(-2870)),
    handedIn: async (scene) => ({ crls: [...(await lists(scene, 0)).crls, ...(await listOfIssuer(scene, 0))] }),
  },
  {
    name: 'the certificate had been revoked when time-stamped, which only a list says that is from after its expiry',
    clause: '5.2.6.4, 5.6.2.4',
    signer: fromTo(-365, -40),
    revokedSince: ({ pki, signer, on }) => pki.revoke(signer, on(-101)),
    expected: revoked,
  },
  {
    ...old("the certificate had expired when time-stamped, and its issuer's key is too short by now", undefined, weak),
    signer: underWeak({ notAfter: daysFrom(moment, -3128) }),
    signingTime: -3136,
    collected: ofIssuer(-3135),
    handedIn: ofIssuer(-3135),
  },
];

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

/** A signer whose values are wrong. */
export const withWrongValues = (holder: CertificateHolder): CertificateHolder => ({
  ...holder,
  signer: {
    ...holder.signer,
    sign: async (octets) => withLastBitFlipped(await holder.signer.sign(octets)),
  },
});
