import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import {
  builtInAuthority,
  openTestSigningKey,
  openTestTimestampAuthority,
  remoteAuthority,
  type SealContext,
  type SigningKey,
  sealAtLevel,
  timestampAuthorities,
} from '../../../../src/archive/trust-services/index.ts';
import {
  AuthorityFailed,
  type TimestampAuthority,
} from '../../../../src/archive/trust-services/timestamping/timestamp-authority.ts';
import { bytesReader } from '../../../../src/base/index.ts';
import { sealCades, sealPades } from '../../../../src/standards/seals/index.ts';
import { validateDocument } from '../../../../src/standards/signatures/index.ts';
import { emptyFolder } from '../../../support/folders.ts';
import { samplePdf } from '../../../support/sample-pdf.ts';
import { sealContext, sealedDocuments } from '../../../support/sealed-documents.ts';
import { type ServedToyPki, serveToyPki } from '../../../support/toy-pki-server.ts';

describe('sealing at a level', () => {
  let pki: ServedToyPki;
  let key: SigningKey;
  let context: SealContext;
  before(async () => {
    pki = await serveToyPki({ clock: () => pki.at });
    key = await keyOf({ name: 'Печат' });
  });
  after(() => pki?.close());
  beforeEach(() => {
    context = sealContext(pki, key, () => pki.at); // what was fetched is remembered by each context alone
    pki.faults.clear();
    pki.requests.length = 0;
  });

  const keyOf = async (options: Parameters<ServedToyPki['signer']>[0]): Promise<SigningKey> => ({
    ...(await pki.signer(options)).signer,
    isTest: false,
  });
  const content = bytesReader(Buffer.from('Садржај'));
  const seal = (level: Parameters<typeof sealAtLevel>[1], over: Partial<SealContext> = {}, other?: SigningKey) =>
    sealAtLevel(
      { ...context, ...over },
      level,
      (signer, options) => sealCades(content, signer, { ...options, detached: false }),
      other,
    );
  const reportOn = async (document: Uint8Array, anchors = pki.anchors) =>
    validateDocument({ document: bytesReader(document), name: 'a', contents: [], anchors, validationTime: pki.at });
  const refusalOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason) => reason,
    );
    return `${error?.code} ${error?.message}`;
  };

  it('asks for nothing at B, for a time-stamp at T, and for revocation data too from LT on', async () => {
    await seal('B');
    expect(pki.requests).to.deep.equal([]);
    await seal('T');
    expect(pki.requests).to.include('POST /tsa');
    const { made, isTest, timestamps } = await seal('LTA');
    expect(isTest).to.equal(false);
    expect(timestamps.map(({ authority }) => authority)).to.deep.equal(['toy', 'toy']);
    const { signatures } = await reportOn(made);
    expect(signatures.map(({ format, indication }) => `${format} ${indication}`)).to.deep.equal([
      'CAdES-BASELINE-LTA TOTAL_PASSED',
    ]);
  });

  it('makes every form at LTA such that it holds with nothing but the anchor', async () => {
    for (const { name, bytes, isDetached } of await sealedDocuments(pki, 'LTA', [key], context.clock)) {
      if (isDetached) continue;
      const { signatures } = await validateDocument({
        document: bytesReader(bytes),
        name,
        contents: [],
        anchors: pki.anchors,
        validationTime: pki.at,
      });
      expect(`${signatures[0]?.format} ${signatures[0]?.indication}`, name).to.match(/-LTA TOTAL_PASSED$/);
    }
  });

  it('is refused at LT, and made at T, when revocation data cannot be had', async () => {
    for (const path of ['/ocsp', `/issuer-${pki.intermediate.serialNumber}.crl`]) pki.faults.set(path, 'missing');
    expect(await refusalOf(seal('LT'))).to.match(/^(SEAL|TIMESTAMP)_UNAVAILABLE /);
    const { materialSource: _, ...offline } = context;
    const authority: TimestampAuthority = {
      name: 'unchecked',
      isTest: false,
      stamp: async ({ value }) => ({
        token: await pki.timestamps()({ algorithm: 'sha256', value: Buffer.from(value).toString('hex') }),
        authority: 'unchecked',
        isTest: false,
        productionTime: pki.at,
        expiresAt: pki.at,
        material: { certificates: [], crls: [], ocspResponses: [] },
      }),
    };
    const authorities = timestampAuthorities([authority], () => pki.at);
    expect(await refusalOf(sealAtLevel({ ...offline, authorities }, 'LT', cades))).to.match(
      /^SEAL_UNAVAILABLE .*INDETERMINATE/,
    );
    await sealAtLevel({ ...offline, authorities }, 'T', cades);
  });

  const cades = (...[signer, options]: Parameters<Parameters<typeof sealAtLevel<Uint8Array>>[2]>) =>
    sealCades(content, signer, { ...options, detached: false });

  it('is refused at LT with a certificate that was revoked', async () => {
    const revoked = await pki.signer({ name: 'Опозвани печат' });
    pki.revoke(revoked, new Date(pki.at.getTime() - 1000));
    const refused = refusalOf(seal('LT', {}, { ...revoked.signer, isTest: false }));
    expect(await refused).to.match(/^SEAL_UNAVAILABLE .*REVOKED/);
  });

  it('has both time-stamps of one authority, since what shows that the second holds is inside with the first', async () => {
    const good = remoteAuthority(
      { name: 'second', url: `${pki.url}/tsa` },
      {
        clock: context.clock,
        anchors: async () => pki.anchors,
        ...(context.materialSource ? { source: context.materialSource } : {}),
      },
    );
    let asked = 0;
    const first: TimestampAuthority = {
      ...good,
      name: 'first',
      stamp: async (imprint) => {
        asked += 1;
        if (asked > 1) throw new AuthorityFailed('UNREACHABLE', 'gone after its first');
        return { ...(await good.stamp(imprint)), authority: 'first' };
      },
    };
    const { timestamps } = await seal('LTA', { authorities: timestampAuthorities([first, good], context.clock) });
    expect(timestamps.map(({ authority }) => authority)).to.deep.equal(['second', 'second']);
  });

  it('by the built-in key and authority holds under the built-in root, and says that it is a test', async () => {
    const folder = emptyFolder();
    const clock = () => pki.at;
    const builtIn = await openTestTimestampAuthority(folder, clock);
    const root = new X509Certificate(builtIn.anchor.pem).raw;
    const test: SealContext = {
      clock,
      confirmationSeal: () => openTestSigningKey(folder, clock),
      authorities: timestampAuthorities([builtInAuthority(folder, clock)], clock),
      timestampAnchors: async () => [root],
      knownTimestampMaterial: async () => ({
        certificates: [],
        crls: [await builtIn.revocationList()],
        ocspResponses: [],
      }),
    };
    const pdf = await samplePdf();
    const { made, isTest } = await sealAtLevel(test, 'LTA', (signer, options) =>
      sealPades(bytesReader(pdf), signer, options),
    );
    expect(isTest).to.equal(true);
    const { signatures } = await reportOn(Buffer.concat([pdf, made]), [root]);
    expect(signatures.map(({ format, indication }) => `${format} ${indication}`)).to.deep.equal([
      'PAdES-BASELINE-LTA TOTAL_PASSED',
    ]);
    const real = await sealAtLevel(context, 'T', cades);
    expect(real.isTest).to.equal(false);
    const mixed = await sealAtLevel({ ...context, authorities: test.authorities }, 'T', cades);
    expect(mixed.isTest).to.equal(true);
  });
});
