import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { currentEvidence, type IssuedCopy, issueCopy, verifyCopy } from '../../src/archive/access/index.ts';
import { openIngest } from '../../src/archive/ingest/index.ts';
import { closeBatch, type EvidenceContext, keepEvidence } from '../../src/archive/preservation/index.ts';
import { timestampAuthorities } from '../../src/archive/trust-services/index.ts';
import { noRevocationAvailable } from '../../src/standards/seals/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { publicBody } from '../support/certified-copy.ts';
import { emptyFolder } from '../support/folders.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { toyPki } from '../support/toy-pki.ts';
import { toyTrust } from '../support/toy-trust.ts';

const year = 365.25 * 86_400_000;
const folder = emptyFolder();

describe('a certified copy that was handed out in 2026', function () {
  this.timeout(60_000);
  let now = Date.parse('2026-11-25T08:00:00Z');
  const clock = () => new Date(now);
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  let evidence: EvidenceContext;
  let copy: IssuedCopy;
  let anchors: readonly Uint8Array[];
  const trust = toyTrust(clock);

  before(async () => {
    const pki = await toyPki({ at: new Date(now - 60_000) });
    const root = await pki.authority({
      name: 'Trajni koren',
      issuer: undefined,
      notAfter: new Date(now + 80 * year),
    } as never);
    const lasting = (name: string) => pki.signer({ name, issuer: root, extensions: [noRevocationAvailable()] });
    const archive = await testArchive({}, clock).open();
    anchors = [root.signer.chain[0]];
    const context = { ...archive.copies, anchors: async () => anchors, issuer: publicBody };
    await renewAuthority();
    const original = await signedPdf({ pki, signatures: [{ signer: await lasting('Petar Petrović') }] });
    const changed = { ...archive.context, anchors: async () => anchors };
    const record = await keep(
      { ...archive, context: changed, ingest: openIngest(changed) },
      { 'ugovor.pdf': original },
    );
    pass(61_000);
    await closeBatch({ ...archive.evidence, ...evidence });
    const seal = await lasting('Pečat');
    copy = await issueCopy(
      {
        ...context,
        ...evidence,
        sealingKey: async () => ({
          signer: {
            ...seal.signer,
            isTest: false,
            anchor: { name: 'koren', pem: new X509Certificate(anchors[0] as Uint8Array).toString() },
          },
          anchor: anchors[0] as Uint8Array,
          isTest: false,
        }),
      },
      { record: record.id, actor: 'officer' },
    );
    pass(61_000);
    await closeBatch({ ...archive.evidence, ...evidence });

    async function renewAuthority(): Promise<void> {
      const tsaRoot = await trust.make({ name: 'Žig koren', key: 'ecdsa', profile: 'authority', years: 60 });
      const holder = await trust.make({ name: 'Žig', key: 'ecdsa', profile: 'timestamps', years: 6, issuer: tsaRoot });
      evidence = {
        ...archive.evidence,
        authorities: timestampAuthorities([trust.authority('Žig', async () => holder)], clock),
        timestampAnchors: trust.anchors,
        materialSource: trust.source,
      };
    }
    renew = renewAuthority;
  });
  let renew: () => Promise<void>;

  /** Twice a year the archive looks what is due; the authority gets a new certificate every fourth year. */
  async function live(years: number): Promise<void> {
    for (let half = 1; half <= 2 * years; half += 1) {
      pass(year / 2 - 86_400_000);
      if (half % 8 === 0) await renew();
      await keepEvidence(evidence);
    }
  }

  async function verify(role: string, fresh: boolean) {
    const path = join(folder, role);
    writeFileSync(path, copy.files.find((file) => file.role === role)?.bytes ?? '');
    const zip = join(folder, 'evidence.zip');
    if (fresh) writeFileSync(zip, (await currentEvidence(evidence, copy.statement.code)).zip);
    const given = { anchors: [...anchors, ...(await trust.anchors())], validationTime: clock() };
    const found = await verifyCopy(path, given, fresh ? { evidence: [zip] } : {});
    return {
      result: found?.result,
      undecided: (found?.checks ?? []).filter(({ outcome, informative }) => outcome !== 'PASSED' && !informative),
    };
  }

  it('verifies at once, with what is in it', async () => {
    for (const role of ['container', 'certificate'])
      expect(await verify(role, false), role).to.deep.equal({ result: 'PASSED', undecided: [] });
  });

  for (const after of [20, 40])
    it(`verifies after ${after} years with fresh evidence, and without says where that is to be had`, async () => {
      await live(20);
      for (const role of ['container', 'certificate']) {
        expect(await verify(role, true), role).to.deep.equal({ result: 'PASSED', undecided: [] });
        const old = await verify(role, false);
        expect(old.result).to.equal('INDETERMINATE');
        expect(old.undecided.map(({ detail }) => detail).join('\n')).to.contain('newer evidence');
      }
    });
});
