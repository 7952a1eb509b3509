import { expect } from 'chai';
import { bytesReader } from '../../src/base/index.ts';
import type { CertificateHolder } from '../../src/standards/seals/index.ts';
import {
  type DetachedContent,
  type SignatureReport,
  type ValidationRequest,
  validateDocument,
} from '../../src/standards/signatures/index.ts';
import { jwsParts, type SignedJwsOptions } from './signed-jws.ts';
import { type ToyPki, toyPki } from './toy-pki.ts';

/** A toy PKI, a signer of it, and its certificate revocation lists; made before the first test of the suite. */
export interface ToySigner {
  readonly pki: ToyPki;
  readonly signer: CertificateHolder;
  readonly crls: readonly Uint8Array[];
}

/** To be called in a suite: makes a toy signer before its tests, and gives them JWS of that signer and the verdicts on them. */
export function jwsVerdicts() {
  const toy = {} as ToySigner;

  before(async () => {
    const pki = await toyPki();
    const crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
    Object.assign(toy, { pki, signer: await pki.signer(), crls });
  });

  const report = (document: Uint8Array, request: Partial<ValidationRequest> = {}) =>
    validateDocument({
      document: bytesReader(document),
      name: 'document',
      contents: [],
      anchors: toy.pki.anchors,
      validationTime: toy.pki.at,
      material: { crls: toy.crls },
      ...request,
    });

  async function first(document: Uint8Array, contents: readonly DetachedContent[] = []): Promise<SignatureReport> {
    const { container, signatures } = await report(document, { contents });
    expect(container).to.equal('JWS');
    expect(signatures).to.have.length.above(0);
    return signatures[0] as SignatureReport;
  }

  const parts = (options: Partial<SignedJwsOptions> = {}) => jwsParts({ pki: toy.pki, signer: toy.signer, ...options });

  return { toy, report, first, parts };
}

/** Indication and sub-indication, as `TOTAL_FAILED/HASH_FAILURE`. */
export function verdict({ indication, subIndication }: SignatureReport): string {
  return subIndication ? `${indication}/${subIndication}` : indication;
}
