import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { emptyFolder } from './folders.ts';
import { type NodeKeyKind, toyKey } from './toy-keys.ts';

type Pkcs11 = typeof import('pkcs11js');

export const softTokenModule =
  process.env.SOFTHSM2_MODULE ??
  [
    '/usr/lib/softhsm/libsofthsm2.so',
    '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
    '/usr/lib64/libsofthsm2.so',
  ].find((path) => existsSync(path)) ??
  '';

export const softTokenPin = '4711-пин';

let folder: string | undefined;
let made = 0;

/** SoftHSM2 reads its configuration when it is first loaded: one folder of tokens for the process. */
function tokensFolder(): string {
  if (folder) return folder;
  folder = emptyFolder();
  mkdirSync(join(folder, 'tokens'));
  const configuration = join(folder, 'softhsm2.conf');
  writeFileSync(
    configuration,
    `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  process.env.SOFTHSM2_CONF = configuration;
  return folder;
}

const util = (...args: string[]) => execFileSync('softhsm2-util', args, { encoding: 'utf8', stdio: 'pipe' });

/** A key of the toy PKI in a token: the same that `pki.signer({ name, key })` has in the world of that name. */
export interface KeyInToken {
  readonly key: NodeKeyKind;
  readonly name: string;
  readonly id: string;
  readonly world?: string;
}

/** A new token of a real SoftHSM2 with these keys in it. */
export function softToken(keys: readonly KeyInToken[]) {
  const at = tokensFolder();
  const label = `Pečat ${++made}`;
  util('--init-token', '--free', '--label', label, '--so-pin', 'so-pin-1', '--pin', softTokenPin);
  for (const { key, name, id, world = 'Igračka PKI' } of keys) {
    const file = join(at, `key-${made}-${id}.pem`);
    writeFileSync(file, toyKey(key, `${world} ${name}`).export({ type: 'pkcs8', format: 'pem' }));
    util('--import', file, '--token', label, '--pin', softTokenPin, '--label', name, '--id', id);
  }
  rescan();
  return {
    label,
    uri: (name: string) =>
      `pkcs11:token=${encodeURIComponent(label)};object=${encodeURIComponent(name)}?module-path=${softTokenModule}`,
    /** As if it were drawn out: sessions end, and it is not found until it is put back. */
    drawOut: () => {
      execFileSync('mv', [join(at, 'tokens'), join(at, 'drawn-out')]);
      mkdirSync(join(at, 'tokens'));
      rescan();
    },
    putBack: () => {
      execFileSync('rmdir', [join(at, 'tokens')]);
      execFileSync('mv', [join(at, 'drawn-out'), join(at, 'tokens')]);
      rescan();
    },
    /** Another program's session of ours ends, as when the token is reset. */
    endSessions: () =>
      withModule((module, slots) => {
        for (const slot of slots) module.C_CloseAllSessions(slot);
      }),
    /** A P-256 key that is made in the token and never leaves it; it wants the PIN before each signature. */
    generate: (name: string, id: string) => generate(label, name, id),
    /** Puts a certificate beside a key. */
    putCertificate: (der: Uint8Array, id: string) => putCertificate(label, der, id),
  };
}

const binding = (): Pkcs11 => createRequire(import.meta.url)('pkcs11js');

/** The module is one for the process: whoever initializes it anew sees the tokens that there are now. */
function rescan(): void {
  const module = new (binding().PKCS11)();
  module.load(softTokenModule);
  try {
    module.C_Finalize();
  } catch {
    // nobody had it initialized: there is nothing to forget
  }
}

function withModule<Result>(work: (module: InstanceType<Pkcs11['PKCS11']>, slots: Buffer[]) => Result): Result {
  const module = new (binding().PKCS11)();
  module.load(softTokenModule);
  try {
    module.C_Initialize();
  } catch {
    // the product has it initialized
  }
  return work(module, module.C_GetSlotList(true));
}

/** Work in a session that may write, logged in. */
function inSession<Result>(
  label: string,
  work: (module: InstanceType<Pkcs11['PKCS11']>, session: Buffer) => Result,
): Result {
  const constants = binding();
  return withModule((module, slots) => {
    const slot = slots.find((each) => module.C_GetTokenInfo(each).label.trim() === label);
    if (!slot) throw new Error(`no token ${label}`);
    module.C_CloseAllSessions(slot);
    const session = module.C_OpenSession(slot, constants.CKF_SERIAL_SESSION | constants.CKF_RW_SESSION);
    module.C_Login(session, constants.CKU_USER, softTokenPin);
    try {
      return work(module, session);
    } finally {
      module.C_CloseAllSessions(slot);
    }
  });
}

function putCertificate(label: string, der: Uint8Array, id: string): void {
  const constants = binding();
  inSession(label, (module, session) => {
    module.C_CreateObject(session, [
      { type: constants.CKA_CLASS, value: constants.CKO_CERTIFICATE },
      { type: constants.CKA_CERTIFICATE_TYPE, value: constants.CKC_X_509 },
      { type: constants.CKA_TOKEN, value: true },
      { type: constants.CKA_SUBJECT, value: Buffer.from([0x30, 0]) },
      { type: constants.CKA_ID, value: Buffer.from(id, 'hex') },
      { type: constants.CKA_VALUE, value: Buffer.from(der) },
    ]);
  });
}

const p256 = Buffer.from('06082a8648ce3d030107', 'hex');
const p256Key = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

/** @returns SubjectPublicKeyInfo, DER */
function generate(label: string, name: string, id: string): Uint8Array {
  const constants = binding();
  return inSession(label, (module, session) => {
    const shared = [
      { type: constants.CKA_TOKEN, value: true },
      { type: constants.CKA_LABEL, value: name },
      { type: constants.CKA_ID, value: Buffer.from(id, 'hex') },
    ];
    const { publicKey } = module.C_GenerateKeyPair(
      session,
      { mechanism: constants.CKM_EC_KEY_PAIR_GEN },
      [...shared, { type: constants.CKA_VERIFY, value: true }, { type: constants.CKA_EC_PARAMS, value: p256 }],
      [
        ...shared,
        { type: constants.CKA_SIGN, value: true },
        { type: constants.CKA_PRIVATE, value: true },
        { type: constants.CKA_SENSITIVE, value: true },
        { type: constants.CKA_EXTRACTABLE, value: false },
        { type: constants.CKA_ALWAYS_AUTHENTICATE, value: true },
      ],
    );
    const [point] = module.C_GetAttributeValue(session, publicKey, [{ type: constants.CKA_EC_POINT }]);
    const octets = Buffer.from((point?.value ?? '') as Buffer).subarray(2); // inside an OCTET STRING
    return Buffer.concat([p256Key, octets]);
  });
}
