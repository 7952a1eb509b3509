import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import {
  checkContent,
  defaultLimits,
  type FileToPair,
  groupFiles,
  nameChecker,
  pairSignatures,
} from '../../../../../src/archive/ingest/checks/index.ts';
import { bytesReader } from '../../../../../src/base/index.ts';
import { identifyFormat } from '../../../../../src/standards/pronom/index.ts';
import { namedDigests } from '../../../../../src/standards/signatures/index.ts';
import { refusalOf } from '../../../../support/archive.ts';
import { shippedFormatSignatures } from '../../../../support/format-signatures.ts';
import { samplePdf } from '../../../../support/sample-pdf.ts';
import { sampleContent, signedCms } from '../../../../support/signed-cms.ts';
import { signedXml } from '../../../../support/signed-xml.ts';
import { toyPki } from '../../../../support/toy-pki.ts';

const everything = { id: 'general', formats: '*' as const };

async function refused(name: string, content: Uint8Array, profile: Parameters<typeof checkContent>[1] = everything) {
  const reader = bytesReader(content);
  const [format = { name: '', mimeType: 'application/octet-stream', basis: 'extension' as const }] =
    await identifyFormat(await shippedFormatSignatures(), reader, name);
  return refusalOf(checkContent({ name, reader, format }, profile, defaultLimits));
}

/** A ZIP by hand, so that it can lie: members with the sizes and flags given. */
function zip(
  members: readonly { name: string; content: Uint8Array; size?: number; flags?: number; method?: number }[],
): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, content, size = content.length, flags = 0x800, method = 8 } of members) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const path = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(flags, 2);
    facts.writeUInt16LE(method, 4);
    facts.writeUInt32LE(crc(content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(size, 18);
    facts.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, path, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function crc(bytes: Uint8Array): number {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}

describe('what is refused of a file’s content', () => {
  it('is nothing of an ordinary ZIP, PDF or text', async () => {
    expect(await refused('a.zip', zip([{ name: 'a.txt', content: Buffer.from('hello') }]))).to.equal(
      'nothing was refused',
    );
    expect(await refused('a.pdf', await samplePdf())).to.equal('nothing was refused');
    expect(await refused('a.pdf', await samplePdf({ writer: 'pdf-lib' }))).to.equal('nothing was refused');
    expect(await refused('a.txt', Buffer.from('just text'))).to.equal('nothing was refused');
  });

  it('are archives that explode, by what they say and by what comes out of them', async () => {
    const zeros = Buffer.alloc(64 << 20);
    expect(await refused('bomb.zip', zip([{ name: 'zeros', content: zeros }]))).to.equal('ARCHIVE_BOMB');
    const lying = zip([{ name: 'zeros', content: Buffer.alloc(4 << 20), size: 1000 }]);
    expect(await refused('lying.zip', lying)).to.equal('ARCHIVE_BOMB');
  });

  it('are archives inside archives, deeper than anyone needs', async () => {
    let nested = zip([{ name: 'a.txt', content: Buffer.from('x') }]);
    for (let depth = 0; depth < 3; depth++) nested = zip([{ name: 'inner.zip', content: nested }]);
    expect(await refused('deep.zip', nested)).to.equal('nothing was refused');
    for (let depth = 0; depth < 3; depth++) nested = zip([{ name: 'inner.zip', content: nested }]);
    expect(await refused('deeper.zip', nested)).to.equal('ARCHIVE_BOMB');
  });

  it('are members that would leave their folder', async () => {
    for (const name of ['../evil.txt', '/etc/passwd', 'a/../../b'])
      expect(await refused('escape.zip', zip([{ name, content: Buffer.from('x') }])), name).to.equal('ARCHIVE_BOMB');
  });

  it('are archives and PDFs that are encrypted', async () => {
    const locked = zip([{ name: 'a.txt', content: Buffer.from('x'), flags: 0x801 }]);
    expect(await refused('locked.zip', locked)).to.equal('DOCUMENT_ENCRYPTED');
    const plain = Buffer.from(await samplePdf()).toString('latin1');
    const encrypted = plain.replace('trailer\n<<', 'trailer\n<< /Encrypt 99 0 R');
    expect(encrypted).to.not.equal(plain);
    expect(await refused('locked.pdf', Buffer.from(encrypted, 'latin1'))).to.equal('DOCUMENT_ENCRYPTED');
  });

  it('are files that were cut off', async () => {
    const pdf = await samplePdf();
    expect(await refused('half.pdf', pdf.subarray(0, pdf.length / 2))).to.equal('DOCUMENT_BROKEN');
    const packed = zip([{ name: 'a.txt', content: Buffer.from('hello hello hello') }]);
    expect(await refused('half.zip', packed.subarray(0, packed.length - 10))).to.equal('DOCUMENT_BROKEN');
  });

  it('are formats that the profile does not take, whatever the name says', async () => {
    const contracts = { id: 'contract', formats: ['application/pdf'] };
    expect(await refused('a.pdf', Buffer.from('no PDF at all'), contracts)).to.equal('FORMAT_NOT_ALLOWED');
    expect(await refused('a.doc', await samplePdf(), contracts)).to.equal('nothing was refused');
  });
});

describe('names of files', () => {
  const fault = (names: readonly string[]) => {
    const check = nameChecker({ maxFiles: 3, maxNameBytes: 100 });
    try {
      names.forEach(check);
    } catch (error) {
      return (error as { code: string }).code;
    }
    return 'fine';
  };

  it('are taken in any alphabet, with spaces and folders', () => {
    expect(fault(['Уговор бр. 1.pdf', 'folder/č ć ž.txt', 'a'])).to.equal('fine');
  });

  it('are refused when they escape, hide something, are empty or too long', () => {
    for (const name of [
      '../a',
      '/a',
      'C:\\a',
      'a//b',
      './a',
      '',
      ' ',
      'a\u0000b',
      'invoice\u202Efdp.exe',
      'a\nb',
      'x'.repeat(101),
    ])
      expect(fault([name]), JSON.stringify(name)).to.equal('NAME_UNSAFE');
  });

  it('are refused when two are one on some system, or there are too many', () => {
    for (const [one, other] of [
      ['a.txt', 'A.TXT'],
      ['é.txt', 'e\u0301.txt'],
      ['straße', 'STRASSE'],
      ['x', 'x'],
    ])
      expect(fault([one ?? '', other ?? '']), `${one} ${other}`).to.equal('NAME_CLASH');
    expect(fault(['1', '2', '3', '4'])).to.equal('TOO_MANY_FILES');
  });
});

describe('detached signatures', () => {
  const file = async (originalName: string, content: Uint8Array): Promise<FileToPair> => {
    const reader = bytesReader(content);
    const digest = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
    const [format] = await identifyFormat(await shippedFormatSignatures(), reader, originalName);
    return {
      path: originalName,
      originalName,
      sha256: digest('sha256'),
      sha512: digest('sha512'),
      reader,
      format: { ...(format?.kind ? { kind: format.kind } : {}) },
    };
  };
  const detached = async () => signedCms({ pki: await toyPki(), packaging: 'detached' });
  const pairsOf = async (files: FileToPair[]) => pairSignatures(files, namedDigests);

  it('are paired by the digest they name, whatever the names are', async () => {
    const { pairs } = await pairsOf([
      await file('something else.dat', Buffer.from('other')),
      await file('контролисани садржај.bin', sampleContent),
      await file('signature.p7s', await detached()),
    ]);
    expect(pairs).to.deep.equal([{ signature: 'signature.p7s', signs: ['контролисани садржај.bin'], basis: 'digest' }]);
  });

  it('in XML are paired with every file that they name, by its digest', async () => {
    const content = [Buffer.from('први'), Buffer.from('други')];
    const files = content.map((bytes, index) => ({ uri: `${index}.txt`, mediaType: 'text/plain', bytes }));
    const signature = await signedXml({ pki: await toyPki(), packaging: 'detached', files });
    const { pairs } = await pairsOf([
      await file('нешто треће.txt', Buffer.from('треће')),
      await file('један.txt', content[0] as Buffer),
      await file('два.txt', content[1] as Buffer),
      await file('потпис.xml', signature),
    ]);
    expect(pairs).to.deep.equal([{ signature: 'потпис.xml', signs: ['један.txt', 'два.txt'], basis: 'digest' }]);
  });

  it('are paired by name when what they sign was changed, so that validation can say so', async () => {
    const signature = await detached();
    for (const name of ['a.pdf.p7s', 'A.PDF.P7S', 'a.p7s']) {
      const { pairs } = await pairsOf([await file('a.pdf', Buffer.from('changed')), await file(name, signature)]);
      expect(pairs, name).to.deep.equal([{ signature: name, signs: ['a.pdf'], basis: 'name' }]);
    }
  });

  it('without content are told', async () => {
    const { pairs, unmatched } = await pairsOf([
      await file('lost.p7s', await detached()),
      await file('b.txt', Buffer.from('b')),
    ]);
    expect(pairs).to.deep.equal([]);
    expect(unmatched).to.deep.equal(['lost.p7s']);
  });

  it('go with what they sign in their own folder when a folder becomes records', () => {
    const names = ['x/a.pdf', 'x/a.pdf.p7s', 'y/a.pdf', 'y/a.pdf.p7s', 'y/lone.p7s', 'z/a.pdf.p7s', 'x/data.xml'];
    expect(groupFiles(names, (name) => name)).to.deep.equal([
      ['x/a.pdf', 'x/a.pdf.p7s'],
      ['y/a.pdf', 'y/a.pdf.p7s'],
      ['x/data.xml'],
      ['y/lone.p7s'],
      ['z/a.pdf.p7s'],
    ]);
  });

  it('are grouped in time that grows with their number, not its square', () => {
    const names = Array.from({ length: 20_000 }, (_, n) => [`folder/${n}.pdf`, `folder/${n}.pdf.p7s`]).flat();
    const groups = groupFiles(names, (name) => name);
    expect(groups).to.have.length(20_000);
    expect(groups.every((group) => group.length === 2)).to.equal(true);
  });
});
