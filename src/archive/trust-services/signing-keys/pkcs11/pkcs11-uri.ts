import { ArchiveError } from '../../../../base/index.ts';

/** Which key of which token, by which module (RFC 7512). What is left out matches anything. */
export interface Pkcs11Uri {
  /** Path of the PKCS#11 module. */
  readonly module: string;
  readonly token?: string;
  readonly serial?: string;
  readonly slotId?: number;
  /** CKA_LABEL of the key. */
  readonly object?: string;
  /** CKA_ID of the key. */
  readonly id?: Uint8Array;
}

const example = 'pkcs11:token=NAME;object=KEY?module-path=/usr/lib/MODULE.so';

/**
 * Reads a PKCS#11 URI. A PIN in it is refused: settings are seen by more people than a PIN should be.
 * @throws ArchiveError USAGE
 */
export function readPkcs11Uri(text: string): Pkcs11Uri {
  const [, path = '', query = ''] = /^pkcs11:([^?#]*)(?:\?([^#]*))?$/.exec(text) ?? [];
  const attributes = new Map([...attributesOf(path, ';'), ...attributesOf(query, '&')]);
  if (attributes.has('pin-value') || attributes.has('pin-source'))
    throw new ArchiveError('USAGE', 'A PIN does not belong in TRAJNO_SEAL: set TRAJNO_SEAL_PIN.');
  const modulePath = attributes.get('module-path');
  const module = modulePath === undefined ? undefined : textOf(modulePath);
  if (!module?.includes('/'))
    throw new ArchiveError('USAGE', `TRAJNO_SEAL must name the module by its path, as in ${example}.`);
  const { token, serial, object, id } = Object.fromEntries(
    ['token', 'serial', 'object', 'id'].map((name) => [name, attributes.get(name)]),
  );
  const slotId = attributes.get('slot-id');
  if (slotId !== undefined && !/^\d{1,9}$/.test(slotId))
    throw new ArchiveError('USAGE', 'The slot-id of TRAJNO_SEAL must be a number.');
  if (object === undefined && id === undefined)
    throw new ArchiveError('USAGE', `TRAJNO_SEAL must name the key by “object” or “id”, as in ${example}.`);
  return {
    module,
    ...(token === undefined ? {} : { token: textOf(token) }),
    ...(serial === undefined ? {} : { serial: textOf(serial) }),
    ...(slotId === undefined ? {} : { slotId: Number(slotId) }),
    ...(object === undefined ? {} : { object: textOf(object) }),
    ...(id === undefined ? {} : { id: Buffer.from(id, 'latin1') }),
  };
}

/** Values with their octets as characters: an id is any octets, the others are UTF-8. */
function attributesOf(text: string, separator: string): [string, string][] {
  return text
    .split(separator)
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value = ''] = part.split(/=(.*)/s);
      const octets = Buffer.from(value, 'utf8').toString('latin1');
      return [name, octets.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))];
    });
}

const textOf = (octets: string) => Buffer.from(octets, 'latin1').toString('utf8');
