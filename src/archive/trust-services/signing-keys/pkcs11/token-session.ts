import { X509Certificate } from 'node:crypto';
import { createRequire } from 'node:module';
import type { PKCS11 } from 'pkcs11js';
import { ArchiveError, unlessMalformed } from '../../../../base/index.ts';
import { readCertificate } from '../../../../standards/formats/x509/index.ts';
import { sealUnavailable } from '../signing-key.ts';
import type { Pkcs11Uri } from './pkcs11-uri.ts';

type Pkcs11 = typeof import('pkcs11js');
type Handle = Buffer;

/** The binding is native code: loaded only where a token is configured. */
export const pkcs11Binding = (): Pkcs11 => createRequire(import.meta.url)('pkcs11js');

/** A session with a token that is logged in, and the key in it. */
export interface TokenSession {
  readonly module: PKCS11;
  readonly session: Handle;
  readonly key: Handle;
  /** Before each signature the PIN is given again, where the key wants it so (CKA_ALWAYS_AUTHENTICATE): most cards do. */
  authenticate(): void;
  /** The certificates of the token; those that have the key's id are its own. */
  certificates(): TokenCertificates;
  close(): void;
}

export interface TokenCertificates {
  readonly own: readonly X509Certificate[];
  readonly others: readonly X509Certificate[];
}

const returnValues = { alreadyInitialized: 0x191, alreadyLoggedIn: 0x100 } as const;
const refusedPins: readonly number[] = [0xa0, 0xa1, 0xa2, 0xa3, 0xa4]; // CKR_PIN_INCORRECT to CKR_PIN_LOCKED

/** The PIN was refused: asking again would lock the token. */
export class PinRefused extends ArchiveError {}

/**
 * Loads and initializes a module; it stays loaded as long as the process lives.
 * @throws ArchiveError USAGE when it cannot be loaded
 */
export function loadModule(path: string): PKCS11 {
  const { PKCS11: Module } = pkcs11Binding();
  const module = new Module();
  try {
    module.load(path);
  } catch (cause) {
    throw new ArchiveError('USAGE', `The PKCS#11 module ${path} cannot be loaded.`, { cause });
  }
  initialize(module);
  return module;
}

/** @throws ArchiveError SEAL_UNAVAILABLE when the token or its key cannot be found, or the PIN is refused */
export function openSession(module: PKCS11, wanted: Pkcs11Uri, pin: string): TokenSession {
  const constants = pkcs11Binding();
  initialize(module);
  const slot = slotOf(module, wanted);
  const session = module.C_OpenSession(slot, constants.CKF_SERIAL_SESSION);
  try {
    logIn(module, session, pin);
    const key = keyIn(module, session, wanted);
    return {
      module,
      session,
      key,
      authenticate: reauthentication(module, session, key, pin),
      certificates: () => certificatesIn(module, session, key),
      close: () => closeQuietly(module, session),
    };
  } catch (error) {
    closeQuietly(module, session);
    throw error;
  }
}

/** Again after the module was finalized; calls come from several threads, one at a time. */
function initialize(module: PKCS11): void {
  const { CKF_OS_LOCKING_OK: flags } = pkcs11Binding();
  try {
    module.C_Initialize({ flags });
  } catch (error) {
    if (codeOf(error) !== returnValues.alreadyInitialized) throw error;
  }
}

function slotOf(module: PKCS11, { token, serial, slotId }: Pkcs11Uri): Handle {
  const found = module.C_GetSlotList(true).filter((slot) => {
    const info = module.C_GetTokenInfo(slot);
    return (
      (token === undefined || info.label.trim() === token) &&
      (serial === undefined || info.serialNumber.trim() === serial) &&
      (slotId === undefined || numberOf(slot) === slotId)
    );
  });
  const [slot, another] = found;
  if (slot && !another) return slot;
  const what = token ?? serial ?? `slot ${slotId ?? ''}`;
  throw sealUnavailable(
    slot ? `several tokens fit TRAJNO_SEAL. Name one by “token” or “serial”.` : `the token “${what}” is not there.`,
  );
}

/** A slot's number: an unsigned long in the machine's order. */
const numberOf = (slot: Handle) => Number(slot.length >= 8 ? slot.readBigUInt64LE() : BigInt(slot.readUInt32LE()));

function reauthentication(module: PKCS11, session: Handle, key: Handle, pin: string): () => void {
  const { CKA_ALWAYS_AUTHENTICATE, CKU_CONTEXT_SPECIFIC } = pkcs11Binding();
  const isWanted = booleanIn(module, session, key, CKA_ALWAYS_AUTHENTICATE);
  return () => {
    if (isWanted) logIn(module, session, pin, CKU_CONTEXT_SPECIFIC);
  };
}

/** An attribute that modules need not know. */
function booleanIn(module: PKCS11, session: Handle, object: Handle, type: number): boolean {
  try {
    return attributeOf(module, session, object, type)[0] === 1;
  } catch (error) {
    if (codeOf(error) === pkcs11Binding().CKR_ATTRIBUTE_TYPE_INVALID) return false;
    throw error;
  }
}

function logIn(module: PKCS11, session: Handle, pin: string, user = pkcs11Binding().CKU_USER): void {
  try {
    module.C_Login(session, user, pin);
  } catch (error) {
    const code = codeOf(error);
    if (code === returnValues.alreadyLoggedIn) return;
    if (code !== undefined && refusedPins.includes(code))
      throw new PinRefused(
        'SEAL_UNAVAILABLE',
        'The token refused the PIN of TRAJNO_SEAL_PIN. It is not tried again, so that the token is not locked: correct it and start anew.',
      );
    throw error;
  }
}

function keyIn(module: PKCS11, session: Handle, { object, id }: Pkcs11Uri): Handle {
  const constants = pkcs11Binding();
  const keys = objectsIn(module, session, [
    { type: constants.CKA_CLASS, value: constants.CKO_PRIVATE_KEY },
    ...(object === undefined ? [] : [{ type: constants.CKA_LABEL, value: object }]),
    ...(id === undefined ? [] : [{ type: constants.CKA_ID, value: Buffer.from(id) }]),
  ]);
  const [key, another] = keys;
  if (key && !another) return key;
  throw sealUnavailable(
    key ? 'several keys of the token fit TRAJNO_SEAL. Name one by “id”.' : 'the token has no such key.',
  );
}

function certificatesIn(module: PKCS11, session: Handle, key: Handle): TokenCertificates {
  const constants = pkcs11Binding();
  const id = attributeOf(module, session, key, constants.CKA_ID);
  const found = objectsIn(module, session, [{ type: constants.CKA_CLASS, value: constants.CKO_CERTIFICATE }]).map(
    (object) => ({
      isOwn: id.length > 0 && id.equals(attributeOf(module, session, object, constants.CKA_ID)),
      der: attributeOf(module, session, object, constants.CKA_VALUE),
    }),
  );
  const readable = found.filter(({ der }) => unlessMalformed(() => readCertificate(der)));
  const those = (own: boolean) =>
    readable.filter(({ isOwn }) => isOwn === own).map(({ der }) => new X509Certificate(der));
  return { own: those(true), others: those(false) };
}

const mostObjects = 1000;

function objectsIn(module: PKCS11, session: Handle, template: Parameters<PKCS11['C_FindObjectsInit']>[1]): Handle[] {
  module.C_FindObjectsInit(session, template);
  try {
    return module.C_FindObjects(session, mostObjects);
  } finally {
    module.C_FindObjectsFinal(session);
  }
}

function attributeOf(module: PKCS11, session: Handle, object: Handle, type: number): Buffer {
  const [attribute] = module.C_GetAttributeValue(session, object, [{ type }]);
  return Buffer.isBuffer(attribute?.value) ? attribute.value : Buffer.alloc(0);
}

/** A session that is being left may be gone already. */
function closeQuietly(module: PKCS11, session: Handle): void {
  try {
    module.C_CloseSession(session);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  }
}

/** The return value of a PKCS#11 function that failed; undefined for other errors. */
export function codeOf(error: unknown): number | undefined {
  return error instanceof pkcs11Binding().Pkcs11Error ? error.code : undefined;
}
