import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Random } from '../random.ts';
import { mutateOctets } from './octets.ts';

/** A member as both of its headers tell of it. */
interface Member {
  name: Buffer;
  localName: Buffer;
  content: Buffer;
  isDeflated: boolean;
  /** What the headers say in place of the truth. */
  local: Partial<Facts>;
  central: Partial<Facts>;
  extra: Buffer;
  hasDescriptor: boolean;
  isListed: boolean;
  isThere: boolean;
}

interface Facts {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly flags: number;
  readonly offset: number;
}

type MutateMember = (random: Random, bytes: Buffer, name: string) => Buffer;

const names = [
  'mimetype',
  'META-INF/manifest.xml',
  'META-INF/signatures.xml',
  'META-INF/signatures2.xml',
  'META-INF/signature.p7s',
  'META-INF/signature001.p7s',
  'META-INF/ASiCManifest.xml',
  'META-INF/ASiCManifest2.xml',
  'META-INF/timestamp.tst',
  'META-INF/ASiCArchiveManifest.xml',
  'META-INF/evidencerecord.ers',
  '../x',
  '/x',
  'x\\y',
  'C:x',
  '',
  'уговор.txt',
  'UGOVOR.TXT',
  'a'.repeat(300),
];

/** Edits of members, of both headers of each, of the directory and of its end. */
export function mutateZip(random: Random, bytes: Buffer, mutateMember: MutateMember): Buffer {
  if (random.chance(15)) return mutateOctets(random, bytes);
  const members = membersIn(bytes);
  if (members.length === 0) return mutateOctets(random, bytes);
  for (let edits = 1 + random.below(2); edits > 0; edits--) edit(random, members, mutateMember);
  return written(random, members);
}

function edit(random: Random, members: Member[], mutateMember: MutateMember): void {
  const at = random.below(members.length);
  const member = members[at];
  if (!member) return;
  const forged = () => ({
    ...copyOf(member),
    content: random.chance(50)
      ? mutateMember(random, member.content, member.name.toString())
      : mutateOctets(random, member.content),
  });
  const facts = random.chance(50) ? 'local' : 'central';
  switch (random.below(14)) {
    case 0:
      members.splice(at, 1);
      return;
    case 1:
      members.splice(random.below(members.length + 1), 0, forged());
      return;
    case 2:
      members.splice(random.below(members.length + 1), 0, { ...forged(), isListed: false });
      return;
    case 3: {
      const name = Buffer.from(random.pick(names));
      if (random.chance(50)) member.name = name;
      if (random.chance(50)) member.localName = name;
      return;
    }
    case 4:
      member.isDeflated = !member.isDeflated;
      member.hasDescriptor = random.chance(50);
      return;
    case 5:
      member[facts] = {
        ...member[facts],
        [random.pick(['method', 'crc', 'packed', 'size', 'flags', 'offset'])]: random.pick([
          0,
          1,
          8,
          9,
          12,
          2048,
          0xffff,
          0xffffffff,
          random.below(4000),
        ]),
      };
      return;
    case 6:
      member.extra = random.pick([
        unicodePath(random.pick(names)),
        Buffer.from([1, 0, 16, 0, ...random.bytes(16)]),
        random.bytes(7),
      ]);
      return;
    case 7:
      members.push({
        ...copyOf(member),
        name: Buffer.from(random.pick(names)),
        localName: Buffer.from(random.pick(names)),
        content: Buffer.from('9'),
      });
      return;
    case 8: {
      const other = random.pick(members);
      [member.content, other.content] = [other.content, member.content];
      return;
    }
    case 9:
      // the member twice: the directory shows one, and a reader of local headers the other
      members.splice(at, 0, { ...forged(), isListed: false });
      member.isThere = random.chance(50);
      return;
    default:
      member.content = mutateMember(random, member.content, member.name.toString());
  }
}

const copyOf = (member: Member): Member => ({ ...member, local: { ...member.local }, central: { ...member.central } });

function unicodePath(name: string): Buffer {
  const path = Buffer.from(name);
  const extra = Buffer.alloc(9 + path.length);
  extra.writeUInt16LE(0x7075, 0);
  extra.writeUInt16LE(5 + path.length, 2);
  extra[4] = 1;
  path.copy(extra, 9);
  return extra;
}

function membersIn(bytes: Buffer): Member[] {
  const members: Member[] = [];
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    try {
      const offset = bytes.readUInt32LE(at + 42);
      const packed = bytes.readUInt32LE(at + 20);
      const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
      const octets = bytes.subarray(start, start + packed);
      const isDeflated = bytes.readUInt16LE(at + 10) === 8;
      const name = bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28));
      const content = isDeflated ? inflateRawSync(octets, { maxOutputLength: 1 << 22 }) : octets;
      members.push({
        name,
        localName: name,
        content,
        isDeflated,
        local: {},
        central: {},
        extra: Buffer.alloc(0),
        hasDescriptor: false,
        isListed: true,
        isThere: true,
      });
    } catch {
      // not a header after all
    }
  }
  return members;
}

function written(random: Random, members: readonly Member[]): Buffer {
  const locals: Buffer[] = random.chance(4) ? [random.bytes(20)] : [];
  const directory: Buffer[] = [];
  let offset = locals[0]?.length ?? 0;
  for (const member of members) {
    const { content, extra } = member;
    const packed = member.isDeflated ? deflateRawSync(content) : content;
    const truth: Facts = {
      method: member.isDeflated ? 8 : 0,
      crc: crc32(content),
      packed: packed.length,
      size: content.length,
      flags: 0x800 + (member.hasDescriptor ? 8 : 0),
      offset,
    };
    const there = { ...truth, ...(member.hasDescriptor ? { crc: 0, packed: 0, size: 0 } : {}), ...member.local };
    if (member.isListed) {
      const facts = { ...truth, ...member.central };
      const place = Buffer.alloc(14);
      place.writeUInt32LE(facts.offset >>> 0, 10);
      directory.push(
        Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
        fields(facts, member.name, extra),
        place,
        member.name,
        extra,
      );
    }
    if (!member.isThere) continue;
    const descriptor = Buffer.alloc(member.hasDescriptor ? 16 : 0);
    if (member.hasDescriptor) {
      descriptor.write('PK\x07\x08', 'latin1');
      for (const [index, value] of [truth.crc, truth.packed, truth.size].entries())
        descriptor.writeUInt32LE(value, 4 + 4 * index);
    }
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      fields(there, member.localName, extra),
      member.localName,
      extra,
      packed,
      descriptor,
    ]);
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = members.filter(({ isListed }) => isListed).length;
  const end = endOf(count, central.length, offset);
  const comment = random.chance(5) ? Buffer.concat([central, endOf(count, central.length, offset)]) : Buffer.alloc(0);
  end.writeUInt16LE(comment.length & 0xffff, 20);
  return Buffer.concat([...locals, central, end, comment]);
}

function fields(facts: Facts, name: Buffer, extra: Buffer): Buffer {
  const written = Buffer.alloc(26);
  written.writeUInt16LE(20, 0);
  written.writeUInt16LE(facts.flags & 0xffff, 2);
  written.writeUInt16LE(facts.method & 0xffff, 4);
  written.writeUInt32LE(facts.crc >>> 0, 10);
  written.writeUInt32LE(facts.packed >>> 0, 14);
  written.writeUInt32LE(facts.size >>> 0, 18);
  written.writeUInt16LE(name.length, 22);
  written.writeUInt16LE(extra.length, 24);
  return written;
}

function endOf(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
