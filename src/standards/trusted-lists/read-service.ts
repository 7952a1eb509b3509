import { FormatError } from '../../base/index.ts';
import { childrenNamed, descendants, type XmlNode } from '../formats/xml/index.ts';
import { readQualification } from './read-qualification.ts';
import type { ServicePeriod, TrustService } from './trusted-list.ts';

const qualificationsNamespace = 'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#';
const mostPeriods = 500;
const largestCertificate = 64 << 10;

/** Reads a TSPService with its history (TS 119 612 5.5, 5.6). @param provider the name of its provider @throws FormatError */
export function readService(service: XmlNode, provider: string): TrustService {
  const current = only(service, 'ServiceInformation');
  const earlier = childrenNamed(service, 'ServiceHistory').flatMap((all) =>
    childrenNamed(all, 'ServiceHistoryInstance'),
  );
  if (earlier.length >= mostPeriods) throw new FormatError('trusted list', `over ${mostPeriods} periods of a service`);
  return {
    provider,
    name: firstText(only(current, 'ServiceName'), 'Name') ?? '',
    certificates: certificatesOf(only(current, 'ServiceDigitalIdentity')),
    periods: [current, ...earlier].map(readPeriod).sort((one, other) => other.from.getTime() - one.from.getTime()),
  };
}

function readPeriod(node: XmlNode): ServicePeriod {
  const extensions = childrenNamed(node, 'ServiceInformationExtensions').flatMap((all) =>
    childrenNamed(all, 'Extension'),
  );
  const contents = extensions.flatMap(({ children }) => children);
  return {
    type: textOf(only(node, 'ServiceTypeIdentifier')),
    status: textOf(only(node, 'ServiceStatus')),
    from: timeIn(only(node, 'StatusStartingTime')),
    additional: contents
      .filter(({ name }) => name === 'AdditionalServiceInformation')
      .flatMap((each) => firstText(each, 'URI') ?? []),
    qualifications: contents
      .filter(({ name, namespace }) => name === 'Qualifications' && namespace === qualificationsNamespace)
      .flatMap((each) => childrenNamed(each, 'QualificationElement'))
      .map(readQualification),
    hasUnknownCritical: extensions.some((extension) => isCritical(extension) && !isUnderstood(extension)),
  };
}

const understood: readonly string[] = [
  'AdditionalServiceInformation',
  'Qualifications',
  'ExpiredCertsRevocationInfo',
  'TakenOverBy',
];

const isCritical = ({ attributes }: XmlNode) => ['true', '1'].includes(attributes.get('Critical') ?? '');
const isUnderstood = ({ children }: XmlNode) => children.every(({ name }) => understood.includes(name));

/** DER of the certificates among the identities (5.5.3); names, keys and key identifiers stand beside them. */
export function certificatesOf(identity: XmlNode): Uint8Array[] {
  return descendants(identity, identity.namespace, 'X509Certificate').map(({ text }) => {
    const der = Buffer.from(text, 'base64');
    if (der.length > largestCertificate) throw new FormatError('trusted list', 'a certificate that is too long');
    return Uint8Array.from(der);
  });
}

/** The one child of this name. @throws FormatError where there is none, or more */
export function only(parent: XmlNode, name: string): XmlNode {
  const [first, second] = childrenNamed(parent, name);
  if (!first || second) throw new FormatError('trusted list', `${first ? 'two of' : 'no'} ${name}`);
  return first;
}

/** The text of the first child of this name. */
export function firstText(parent: XmlNode, name: string): string | undefined {
  const [first] = childrenNamed(parent, name);
  return first && textOf(first);
}

export const textOf = ({ text }: XmlNode): string => text.trim();

/** xsd:dateTime with a time zone. @throws FormatError */
export function timeIn(node: XmlNode): Date {
  const text = textOf(node);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text);
  const time = new Date(text);
  if (!isTime || Number.isNaN(time.getTime())) throw new FormatError('trusted list', `${node.name} is no time`);
  return time;
}
