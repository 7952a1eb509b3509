import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { filesInZip } from '../../../../src/archive/access/copy-verification/read-copy.ts';
import {
  answerForCode,
  type CopyVerification,
  type CopyVerificationOptions,
  type IssuedCopy,
  issueCopy,
  revocationLists,
  revokeCopy,
  verifyCopy,
} from '../../../../src/archive/access/index.ts';
import { bytesReader } from '../../../../src/base/index.ts';
import { type CertificateHolder, packAsic, sealAsic } from '../../../../src/standards/seals/index.ts';
import { keep } from '../../../support/archive.ts';
import { contract, type IssuingArchive, issuingArchive, lastingSigner } from '../../../support/certified-copy.ts';
import { emptyFolder } from '../../../support/folders.ts';

const folder = emptyFolder();

describe('verifying a certified copy', () => {
  let issuing: IssuingArchive;
  let copy: IssuedCopy;
  let another: IssuedCopy;
  before(async () => {
    issuing = await issuingArchive(undefined, 'https://arhiv.example.rs');
    const other = await keep(issuing.archive, { 'други.pdf': await contract(issuing.pki, 'Други уговор') });
    copy = await issueCopy(issuing.context, { record: issuing.record.id, actor: 'officer' });
    another = await issueCopy(issuing.context, { record: other.id, actor: 'officer' });
  });

  const partOf = ({ files }: IssuedCopy, role: string) =>
    Buffer.from(files.find((file) => file.role === role)?.bytes ?? '');
  let written = 0;
  function put(bytes: Uint8Array, ending = '.asice'): string {
    written += 1;
    const path = join(folder, `${written}${ending}`);
    writeFileSync(path, bytes);
    return path;
  }

  async function verify(bytes: Uint8Array, options: CopyVerificationOptions = {}, anchors = issuing.anchors) {
    const found = await verifyCopy(put(bytes), { anchors, validationTime: new Date() }, options);
    if (!found) throw new Error('no certified copy was recognised');
    return found;
  }

  const failures = ({ checks }: CopyVerification) =>
    checks.filter(({ outcome }) => outcome === 'FAILED').map(({ id, detail }) => `${id}: ${detail}`);

  /** One bit of one byte, so far into the bytes. */
  function withByteChanged(bytes: Uint8Array | undefined, part = 0.5): Uint8Array {
    const changed = Buffer.from(bytes ?? '');
    const at = Math.floor(changed.length * part);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return changed;
  }

  /** The container with files changed, sealed as it was. */
  async function repacked(change: (files: Map<string, Uint8Array>) => void): Promise<Uint8Array> {
    const files = await filesInZip(bytesReader(partOf(copy, 'container')));
    change(files);
    return packAsic([...files].map(([name, bytes]) => ({ name, bytes })));
  }

  /** The container sealed anew, by someone. */
  async function resealed(
    by: CertificateHolder,
    change: (files: Map<string, Uint8Array>) => void,
  ): Promise<Uint8Array> {
    const files = await filesInZip(bytesReader(partOf(copy, 'container')));
    change(files);
    const data = [...files].filter(([name]) => name !== 'mimetype' && !name.startsWith('META-INF/'));
    const evidence = [...files].filter(([name]) => /^META-INF\/(evidence|ASiCEvidence)/.test(name));
    const named = (entries: [string, Uint8Array][]) => entries.map(([name, bytes]) => ({ name, bytes }));
    const options = { form: 'ASiC-E', signature: 'CAdES', signingTime: new Date() } as const;
    return packAsic([...(await sealAsic(named(data), by.signer, options)), ...named(evidence)]);
  }

  for (const role of ['container', 'certificate'])
    it(`passes the ${role} with the anchors given, and tells that revocation was not checked`, async () => {
      const found = await verify(partOf(copy, role));
      expect(failures(found)).to.deep.equal([]);
      expect(found).to.include({ result: 'PASSED', trust: 'given' });
      expect(found.copy).to.include({ number: copy.statement.number, verdict: 'TOTAL_PASSED' });
      const told = found.checks.find(({ id }) => id === 'revocation');
      expect(told).to.deep.include({ outcome: 'INDETERMINATE', informative: true });
      expect(told?.detail).to.contain('not checked');
      expect(found.checks.filter(({ id }) => id === 'original-signature').map(({ outcome }) => outcome)).to.deep.equal([
        'PASSED',
      ]);
    });

  it('without anchors says only that the copy agrees with itself, and which root to get elsewhere', async () => {
    const found = await verify(partOf(copy, 'container'), {}, []);
    expect(found).to.include({ result: 'INDETERMINATE', trust: 'embedded-only' });
    expect(found.checks.find(({ id }) => id === 'seal')?.detail).to.contain(copy.statement.seal.anchorSha256);
    expect(failures(found)).to.deep.equal([]);
  });

  it('finds one changed byte, wherever it is', async () => {
    const names = [...(await filesInZip(bytesReader(partOf(copy, 'container')))).keys()];
    for (const name of names.filter((one) => one !== 'mimetype' && !/\.(p7s|tst)$/.test(one))) {
      const found = await verify(await repacked((files) => void files.set(name, withByteChanged(files.get(name)))));
      expect(found.result, name).to.be.oneOf(name.endsWith('.ers') ? ['FAILED', 'INDETERMINATE'] : ['FAILED']);
    }
    const certificate = partOf(copy, 'certificate');
    const [start, end] = [certificate.indexOf('/Contents <') + 11, certificate.lastIndexOf('00>')];
    for (let part = 1; part < 20; part += 1) {
      const at = Math.floor((certificate.length * part) / 20);
      if (at > start && at < end) continue; // the seal itself, which is not sealed
      expect((await verify(withByteChanged(certificate, part / 20))).result, `${part}/20`).to.equal('FAILED');
    }
    const behind = Buffer.from(certificate);
    behind[end] = 0x31;
    expect(failures(await verify(behind)).join()).to.contain('behind the seal');
    const original = await repacked((files) => {
      files.set('original-1.pdf', withByteChanged(files.get('original-1.pdf')));
    });
    expect(failures(await verify(original)).join('\n')).to.match(
      /digests: This is not the original of the certificate/,
    );
  });

  it('finds the certificate of another record, sealed as it was or anew', async () => {
    const swap = (files: Map<string, Uint8Array>) => void files.set('certificate.pdf', partOf(another, 'certificate'));
    const said = new RegExp(`certificate: The certificate is of another copy: it states ${another.statement.number}`);
    expect(failures(await verify(await repacked(swap))).join('\n')).to.match(said);
    expect(failures(await verify(await resealed(issuing.seal, swap))).join('\n')).to.match(said);
    const both = await filesInZip(bytesReader(partOf(another, 'container')));
    const whole = await resealed(issuing.seal, (files) => {
      for (const name of ['certificate.pdf', 'copy.json']) files.set(name, both.get(name) ?? new Uint8Array());
    });
    expect(failures(await verify(whole)).join('\n')).to.match(/digests: This is not the original of the certificate/);
  });

  it('finds a seal by another key, though it is trusted', async () => {
    const stranger = await lastingSigner(issuing.pki, 'Неко други');
    const found = await verify(await resealed(stranger, () => undefined));
    expect(failures(found).join('\n')).to.match(/seal-key: The seal is by another key/);
  });

  it('finds what lies in the container and is not sealed', async () => {
    const found = await verify(await repacked((files) => void files.set('dodatak.txt', Buffer.from('уметнуто'))));
    expect(failures(found).join('\n')).to.match(/The seal of the container is not over this file/);
  });

  it('never passes a test copy', async () => {
    const test = await issueCopy(issuing.archive.copies, { record: issuing.record.id, actor: 'officer' });
    const found = await verify(partOf(test, 'container'));
    expect(failures(found)).to.deep.equal([]);
    expect(found.result).to.equal('INDETERMINATE');
    expect(found.checks.find(({ id }) => id === 'issued')?.detail).to.contain('TEST');
  });

  it('finds a revoked copy by the sealed list and by the page', async () => {
    const lists = revocationLists(issuing.context);
    const ask = async (url: string) => {
      expect(url).to.equal(`https://arhiv.example.rs/verify/${copy.statement.code}?format=json`);
      return Buffer.from(JSON.stringify(await answerForCode(issuing.context, copy.statement.code, () => false)));
    };
    const container = partOf(copy, 'container');
    const before = await verify(container, { list: put(await lists.current(), '.asics'), ask });
    expect(before.result).to.equal('PASSED');
    const foreign = partOf(another, 'container');
    const mixed = await verify(foreign, { ask: async () => Buffer.from('{"status":"unknown"}') });
    expect(failures(mixed).join()).to.contain('knows no copy with this code');
    await revokeCopy(issuing.context, { copy: copy.statement.number, actor: 'officer', reason: 'грешка' });
    for (const options of [{ list: put(await lists.current(), '.asics') }, { ask }])
      expect(failures(await verify(container, options)).join()).to.match(/revocation: The copy was revoked at/);
    const forged = await lists.current();
    const cut = Buffer.from(forged);
    cut[Math.floor(cut.length / 4)] = (cut[Math.floor(cut.length / 4)] ?? 0) ^ 1;
    const result = await verify(container, { list: put(cut, '.asics') }).catch(() => undefined);
    expect(result?.result ?? 'FAILED').to.equal('FAILED');
  });
});
