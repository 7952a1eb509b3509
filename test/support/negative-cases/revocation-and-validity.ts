import type { CertificateHolder } from '../../../src/standards/seals/index.ts';
import { type ToyPki, toyPki } from '../toy-pki.ts';
import {
  answered,
  authorityRevoked,
  besideIntermediate,
  days,
  expired,
  fromTo,
  inTheNameOf,
  issuers,
  lists,
  type NegativeCase,
  passed,
  revoked,
  type Scene,
  withContentStamps,
} from './scene.ts';

export const revocations: readonly NegativeCase[] = [
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

/** A signer who lapsed ten days ago, under an authority that did before. */
function underLapsed(day: number) {
  return async (pki: ToyPki, on: Scene['on']): Promise<CertificateHolder> => {
    const issuer = await pki.authority({ name: 'Isteklo telo', issuer: pki.root, notAfter: on(day) });
    const signer = await pki.signer({ issuer, notAfter: on(-10) });
    issuers.set(signer, issuer);
    return signer;
  };
}

export const validity: readonly NegativeCase[] = [
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
