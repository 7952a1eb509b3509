import type { CertificateHolder } from '../../../src/standards/seals/index.ts';
import type { ValidationPolicy } from '../../../src/standards/signatures/index.ts';
import { withLastBitFlipped } from '../flipped-bit.ts';
import type { JwsMaterial } from '../signed-jws.ts';
import type { SignedFormat, SignedLevel } from '../signed-levels.ts';
import { daysFrom, type HolderOptions } from '../toy-certificates.ts';
import type { ToyPki } from '../toy-pki.ts';
import type { TimestampOptions } from '../toy-statements.ts';

/** When what happens, in days from the moment of validation. */
export const days = { signed: -100, archived: -50, collected: -60 } as const;

/** Everything that a case may be about, made before anything is signed. */
export interface Scene {
  readonly pki: ToyPki;
  readonly signer: CertificateHolder;
  /** The moment of validation, days later. */
  readonly on: (day: number) => Date;
}

export type Edit = (scene: Scene) => Partial<JwsMaterial> | Promise<Partial<JwsMaterial>>;

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

export const passed = 'TOTAL_PASSED';
export const generalFailure = 'INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE';
export const revoked = 'INDETERMINATE/REVOKED_NO_POE';
export const authorityRevoked = 'INDETERMINATE/REVOKED_CA_NO_POE';
export const expired = 'INDETERMINATE/OUT_OF_BOUNDS_NOT_REVOKED';
export const weak = 'INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE';
export const withContentStamps: readonly SignedFormat[] = ['CAdES', 'JAdES'];

/** The lists of both authorities, of a day. */
export async function lists({ pki, on }: Scene, day: number, more: readonly CertificateHolder[] = []) {
  const issuers = [pki.intermediate, pki.root, ...more];
  return { crls: await Promise.all(issuers.map((issuer) => pki.crl({ issuer, thisUpdate: on(day) }))) };
}

export const withoutExtension =
  (type: string): HolderOptions['edit'] =>
  (contents) => ({
    ...contents,
    extensions: contents.extensions.filter((extension) => extension.type !== type),
  });
export const withExtension =
  (...extensions: NonNullable<HolderOptions['extensions']>): HolderOptions['edit'] =>
  (contents) => ({
    ...contents,
    extensions: [
      ...contents.extensions.filter(({ type }) => !extensions.some((extension) => extension.type === type)),
      ...extensions,
    ],
  });

/** The lists of the issuer of the signer, too. */
export const ofIssuer =
  (day: number): Edit =>
  async (scene) => {
    const { crls } = await lists(scene, day);
    return { crls: [...crls, ...(issuerLists.get(scene.signer) ?? [])] };
  };
export const issuerLists = new WeakMap<CertificateHolder, Uint8Array[]>();

/** A signer under an authority with a fault, with the list of that authority. */
export const underFaulty =
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

/** The root's list is good; what is said of the signer is not. */
export const besideRoot =
  (edit: (scene: Scene) => Promise<Partial<JwsMaterial>>): Edit =>
  async (scene) => {
    const own = await edit(scene);
    const root = await scene.pki.crl({ issuer: scene.pki.root, thisUpdate: scene.on(days.collected) });
    return { ...own, crls: [...(own.crls ?? []), root] };
  };

export const holders = new WeakMap<ToyPki, Map<string, Promise<CertificateHolder>>>();

/** The same authority for all time-stamps of a scene. */
export function authority(pki: ToyPki, options: HolderOptions): Promise<CertificateHolder> {
  const known = holders.get(pki) ?? new Map<string, Promise<CertificateHolder>>();
  holders.set(pki, known);
  const name = options.name ?? 'Žig sa greškom';
  const made = known.get(name) ?? pki.signer({ profile: 'timestamps', ...options, name });
  known.set(name, made);
  return made;
}
/** The subject of somebody else. */
export function inTheNameOf({ subject }: CertificateHolder): HolderOptions['edit'] {
  return (contents) => ({ ...contents, subject });
}

/** A time-stamping authority that stands below the root, beside what happens to the intermediate. */
export const besideIntermediate = async ({ pki }: Scene): Promise<TimestampOptions> => ({
  authority: await pki.signer({ name: 'Žig ispod korena', profile: 'timestamps', issuer: pki.root }),
});

export const moment = new Date('2026-11-24T12:00:00Z');
export const fromTo = (from: number, to: number): HolderOptions => ({
  notBefore: daysFrom(moment, from),
  notAfter: daysFrom(moment, to),
});

export const issuers = new WeakMap<CertificateHolder, CertificateHolder>();

/** What a responder below the root says of the signer, and the root of the issuer, in good time. */
export const answered =
  (day: number): Edit =>
  async ({ pki, signer, on }) => {
    const signedBy = await pki.signer({ name: 'Dugotrajni OCSP', profile: 'status', issuer: pki.root });
    const issuer = issuers.get(signer) ?? pki.intermediate;
    const ocspResponses = [await pki.ocsp(signer, { issuer, signedBy, thisUpdate: on(day) })];
    return { ocspResponses, crls: [await pki.crl({ issuer: pki.root, thisUpdate: on(day) })] };
  };

export const by =
  (options: HolderOptions) =>
  async ({ pki }: Scene) => ({ authority: await authority(pki, options) });

/** A signer whose values are wrong. */
export const withWrongValues = (holder: CertificateHolder): CertificateHolder => ({
  ...holder,
  signer: {
    ...holder.signer,
    sign: async (octets) => withLastBitFlipped(await holder.signer.sign(octets)),
  },
});
