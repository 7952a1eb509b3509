import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A secret of 160 bits in base32 (RFC 4648 6), as authenticators take it. */
export function newTotpSecret(): string {
  return [...randomBytes(32)].map((byte) => base32Letters[byte & 31]).join('');
}

/** The code of a time step: RFC 6238 4.2 with HMAC-SHA-1, the only one that every authenticator has; RFC 4226 5.3. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) as number) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The time step that a code belongs to: this one, or one before or after it (RFC 6238 5.2); undefined where it is of none. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const current = Math.floor(now.getTime() / 1000 / stepSeconds);
  const matching = [current - 1, current, current + 1].filter((step) =>
    timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code)),
  );
  return matching.at(0);
}

/** What an authenticator reads from a QR code (Key Uri Format). */
export function totpAddress(secret: string, issuer: string, name: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=30`;
}

/** Ten codes of 80 bits each, for the day when the authenticator is lost. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () =>
    (
      Array.from(randomBytes(16), (byte) => base32Letters[byte & 31])
        .join('')
        .match(/.{4}/g) ?? []
    ).join('-'),
  );
}

/** A recovery code as it was given out, from what a person typed. */
export function keptRecoveryCode(text: string): string {
  return (
    text
      .toUpperCase()
      .replace(/[^A-Z2-7]/g, '')
      .match(/.{1,4}/g) ?? []
  ).join('-');
}

function fromBase32(text: string): Buffer {
  let [bits, value] = [0, 0];
  const bytes: number[] = [];
  for (const letter of text) {
    value = ((value << 5) | base32Letters.indexOf(letter)) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  return Buffer.from(bytes);
}
