import { FormatError } from '../../../base/index.ts';
import { type Asn1Element, childAt, childrenOf, decodeWholeAsn1, skimChildren, timeOf } from '../asn1/index.ts';
import { type Extension, type Name, readExtensions, readGeneralNames } from '../x509/index.ts';
import type { Crl } from './crl.ts';
import { entriesWithSerial, holdsSerial } from './crl-index.ts';

/** What a CRL says of one certificate. */
export interface RevokedEntry {
  readonly revocationTime: Date;
  /** CRLReason (RFC 5280 5.3.1); 0 where none is given. */
  readonly reason: number;
}

/**
 * What the list says of the certificate with this issuer and serial number. An indirect list names the issuer of an
 * entry where it changes (RFC 5280 5.3.3).
 * @throws FormatError when an entry carries a critical extension that is not understood
 */
export function findRevoked(crl: Crl, issuer: Name, serial: bigint): RevokedEntry | undefined {
  if (!crl.entries) return undefined;
  const wanted = integerContents(serial);
  return crl.issuingDistributionPoint?.indirect
    ? findInIndirect(crl, crl.entries, issuer, wanted)
    : findInDirect(crl, crl.entries, issuer, wanted);
}

function findInDirect(crl: Crl, entries: Asn1Element, issuer: Name, wanted: Uint8Array): RevokedEntry | undefined {
  for (const entry of entriesWithSerial(entries, wanted)) {
    const { time, extensions } = readEntry(entry);
    const named = extensions?.get(certificateIssuer);
    if (((named && directoryKey(named.value)) ?? crl.issuer.key) === issuer.key) return entryOf(time, extensions);
  }
  return undefined;
}

/** Whose an entry is follows from those before it: all are walked. */
function findInIndirect(crl: Crl, entries: Asn1Element, issuer: Name, wanted: Uint8Array): RevokedEntry | undefined {
  let entryIssuer = crl.issuer.key;
  let found: RevokedEntry | undefined;
  skimChildren(entries, (start, contentStart, end) => {
    const matches = holdsSerial(entries.content, contentStart, wanted);
    const { time, extensions } = readEntry(childAt(entries, start, end));
    const named = extensions?.get(certificateIssuer);
    if (named) entryIssuer = directoryKey(named.value) ?? entryIssuer;
    if (matches && entryIssuer === issuer.key) found = entryOf(time, extensions);
    return false;
  });
  return found;
}

const certificateIssuer = '2.5.29.29';
const reasonCode = '2.5.29.21';

function readEntry(entry: Asn1Element) {
  const [, time, extensions] = childrenOf(entry);
  return { time, extensions: extensions ? readExtensions(extensions) : undefined };
}

function entryOf(time: Asn1Element | undefined, extensions: ReadonlyMap<string, Extension> | undefined): RevokedEntry {
  for (const { oid, critical } of extensions?.values() ?? [])
    if (critical && oid !== certificateIssuer && oid !== reasonCode)
      throw new FormatError('CRL', `an entry with the critical extension ${oid}`);
  const reason = extensions?.get(reasonCode);
  return { revocationTime: timeOf(time), reason: reason ? (decodeWholeAsn1(reason.value).content[0] ?? 0) : 0 };
}

function integerContents(value: bigint): Uint8Array {
  let octets = 1;
  while (value >= 1n << BigInt(8 * octets - 1) || value < -(1n << BigInt(8 * octets - 1))) octets++;
  return Buffer.from(
    BigInt.asUintN(8 * octets, value)
      .toString(16)
      .padStart(2 * octets, '0'),
    'hex',
  );
}

function directoryKey(value: Uint8Array): string | undefined {
  const name = readGeneralNames(decodeWholeAsn1(value)).find(({ kind }) => kind === 'directoryName');
  return name?.kind === 'directoryName' ? name.name.key : undefined;
}
