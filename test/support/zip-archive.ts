import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP with these members, deflated, as the simplest writer makes it. */
export function zipArchive(members: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const locals: Buffer[] = [];
  const headers: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const facts = factsOf(name, Buffer.from(content as string), 8);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts.fields, Buffer.from(name), facts.packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    headers.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts.fields, place, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(headers);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(headers.length, 8);
  end.writeUInt16LE(headers.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A stored member with the header before it: the beginning of a ZIP of which nothing else is left. */
export function localMember(name: string, content: string): Buffer {
  const { fields, packed } = factsOf(name, Buffer.from(content), 0);
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed]);
}

/** What a local header and one of the directory have in common (APPNOTE 4.3.7), without extra fields. */
function factsOf(name: string, content: Buffer, method: 0 | 8): { fields: Buffer; packed: Buffer } {
  const packed = method === 8 ? deflateRawSync(content) : content;
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x800, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return { fields, packed };
}
