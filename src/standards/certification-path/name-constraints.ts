import { decodeWholeAsn1 } from '../formats/asn1/index.ts';
import {
  type Certificate,
  extensionOids,
  type GeneralName,
  type NameConstraints,
  readGeneralNames,
  readNameConstraints,
} from '../formats/x509/index.ts';

/** Constraints gathered on the way from the anchor: each group of permitted names is one certificate's. */
export interface GatheredConstraints {
  readonly permitted: readonly (readonly GeneralName[])[];
  readonly excluded: readonly GeneralName[];
}

export const noConstraints: GatheredConstraints = { permitted: [], excluded: [] };

const mostNames = 5000;

/** The constraints after those of `certificate` are added (RFC 5280 6.1.4 g). */
export function gatherConstraints(before: GatheredConstraints, certificate: Certificate): GatheredConstraints {
  const extension = certificate.extensions.get(extensionOids.nameConstraints);
  if (!extension) return before;
  const { permitted, excluded }: NameConstraints = readNameConstraints(extension.value);
  return {
    permitted: permitted.length > 0 ? [...before.permitted, permitted] : before.permitted,
    excluded: [...before.excluded, ...excluded],
  };
}

/**
 * Whether every name of `certificate` lies within the permitted subtrees and outside the excluded ones
 * (RFC 5280 6.1.3 b, c).
 */
export function satisfiesConstraints(certificate: Certificate, constraints: GatheredConstraints): boolean {
  const { permitted, excluded } = constraints;
  if (permitted.length === 0 && excluded.length === 0) return true;
  const names = namesOf(certificate);
  if (names.length * (excluded.length + permitted.flat().length) > mostNames * 100) return false;
  return names.every(
    (name) =>
      !excluded.some((subtree) => subtree.kind === name.kind && isWithin(name, subtree)) &&
      permitted.every((group) => {
        const sameKind = group.filter((subtree) => subtree.kind === name.kind);
        return sameKind.length === 0 || sameKind.some((subtree) => isWithin(name, subtree));
      }),
  );
}

/** Subject, alternative names, and the e-mail address of the subject where no alternative name gives one. */
function namesOf(certificate: Certificate): GeneralName[] {
  const extension = certificate.extensions.get(extensionOids.subjectAltName);
  const alternative = extension ? readGeneralNames(decodeWholeAsn1(extension.value)) : [];
  const { subject } = certificate;
  const subjectName: GeneralName[] = subject.relativeKeys.length > 0 ? [{ kind: 'directoryName', name: subject }] : [];
  const hasAddress = alternative.some(({ kind }) => kind === 'rfc822Name');
  const addresses: GeneralName[] = subject.attributes
    .filter(({ type }) => type === '1.2.840.113549.1.9.1')
    .map(({ value }) => ({ kind: 'rfc822Name', text: value }));
  return [...subjectName, ...alternative, ...(hasAddress ? [] : addresses)];
}

function isWithin(name: GeneralName, subtree: GeneralName): boolean {
  if (name.kind === 'directoryName' && subtree.kind === 'directoryName')
    return subtree.name.relativeKeys.every((key, index) => name.name.relativeKeys[index] === key);
  if (name.kind === 'iPAddress' && subtree.kind === 'iPAddress') return isAddressWithin(name.octets, subtree.octets);
  if (name.kind === 'other' && subtree.kind === 'other')
    return name.tag === subtree.tag && Buffer.compare(name.octets, subtree.octets) === 0;
  if (!('text' in name) || !('text' in subtree)) return false;
  const value = name.text.toLowerCase();
  const base = subtree.text.toLowerCase();
  if (name.kind === 'dNSName') return base === '' || value === base || value.endsWith(`.${base.replace(/^\./, '')}`);
  if (name.kind === 'rfc822Name') return isMailboxWithin(value, base);
  return isHostWithin(hostOf(value), base);
}

/** A mailbox, all mailboxes of a host, or (with a leading period) of the hosts below it (RFC 5280 4.2.1.10). */
function isMailboxWithin(mailbox: string, base: string): boolean {
  if (base.includes('@')) return mailbox === base;
  return isHostWithin(mailbox.slice(mailbox.lastIndexOf('@') + 1), base);
}

function isHostWithin(host: string | undefined, base: string): boolean {
  if (host === undefined) return false;
  return base.startsWith('.') ? host.endsWith(base) : host === base;
}

function hostOf(uri: string): string | undefined {
  const [, authority] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/.exec(uri) ?? [];
  return authority?.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
}

function isAddressWithin(address: Uint8Array, subtree: Uint8Array): boolean {
  if (subtree.length !== address.length * 2) return false;
  return address.every((octet, index) => {
    const mask = subtree[address.length + index] ?? 0;
    return (octet & mask) === ((subtree[index] ?? 0) & mask);
  });
}
