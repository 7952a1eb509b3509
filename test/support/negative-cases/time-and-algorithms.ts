import { type CertificateHolder, extendedKeyUsage } from '../../../src/standards/seals/index.ts';
import type { SignedFormat } from '../signed-levels.ts';
import { daysFrom, type HolderOptions } from '../toy-certificates.ts';
import { type ToyPki, toyPki } from '../toy-pki.ts';
import {
  answered,
  authority,
  by,
  days,
  type Edit,
  expired,
  fromTo,
  issuerLists,
  issuers,
  lists,
  moment,
  type NegativeCase,
  ofIssuer,
  passed,
  revoked,
  type Scene,
  weak,
  withContentStamps,
  withExtension,
} from './scene.ts';

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

export const timestamps: readonly NegativeCase[] = [
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
export const renewals: readonly NegativeCase[] = [
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

export const algorithms: readonly NegativeCase[] = [
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
