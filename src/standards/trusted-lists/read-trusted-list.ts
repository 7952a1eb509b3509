import { FormatError, sha256Hex } from '../../base/index.ts';
import { childrenNamed, readXml, type XmlNode } from '../formats/xml/index.ts';
import { certificatesOf, firstText, only, readService, textOf, timeIn } from './read-service.ts';
import type { ListPointer, TrustedList, TrustService } from './trusted-list.ts';

export const listNamespace = 'http://uri.etsi.org/02231/v2#';
const additionalTypes = 'http://uri.etsi.org/02231/v2/additionaltypes#';
const mostServices = 20_000;
const mostPointers = 1000;
/** TSLVersionIdentifier of TS 119 612 v2.1.1 and v2.2.1, and of v2.3.1 and later. */
const knownVersions: readonly number[] = [5, 6];

/**
 * Reads a trusted list or a list of lists (TS 119 612 5). What is looked at stands where the schema puts it, below the root
 * element itself: nothing that a signature's own objects hold is taken for the list.
 * @param bytes XML in UTF-8, of at most 64 MB
 * @throws FormatError
 */
export function readTrustedList(bytes: Uint8Array): TrustedList {
  const root = readXml(bytes);
  if (root.name !== 'TrustServiceStatusList' || root.namespace !== listNamespace) throw malformed('no trusted list');
  const scheme = only(root, 'SchemeInformation');
  const version = wholeNumber(scheme, 'TSLVersionIdentifier');
  if (!knownVersions.includes(version)) throw malformed(`version ${version}, where 5 and 6 are read`);
  const id = root.attributes.get('Id');
  const [nextUpdate] = childrenNamed(only(scheme, 'NextUpdate'), 'dateTime');
  return {
    sha256: sha256Hex(bytes),
    ...(id === undefined ? {} : { id }),
    version,
    sequenceNumber: wholeNumber(scheme, 'TSLSequenceNumber'),
    type: textOf(only(scheme, 'TSLType')),
    territory: firstText(scheme, 'SchemeTerritory') ?? '',
    schemeInformation: childrenNamed(scheme, 'SchemeInformationURI').flatMap((all) =>
      childrenNamed(all, 'URI').map(textOf),
    ),
    issuedAt: timeIn(only(scheme, 'ListIssueDateTime')),
    ...(nextUpdate ? { nextUpdate: timeIn(nextUpdate) } : {}),
    pointers: pointersOf(scheme),
    services: servicesOf(root),
  };
}

function pointersOf(scheme: XmlNode): ListPointer[] {
  const pointers = childrenNamed(scheme, 'PointersToOtherTSL').flatMap((all) => childrenNamed(all, 'OtherTSLPointer'));
  if (pointers.length > mostPointers) throw malformed(`over ${mostPointers} pointers`);
  return pointers.map((pointer) => {
    const information = childrenNamed(pointer, 'AdditionalInformation').flatMap((each) =>
      childrenNamed(each, 'OtherInformation').flatMap(({ children }) => children),
    );
    const told = (name: string, namespace: string) =>
      information.find((each) => each.name === name && each.namespace === namespace)?.text.trim() ?? '';
    return {
      location: textOf(only(pointer, 'TSLLocation')),
      territory: told('SchemeTerritory', listNamespace),
      mediaType: told('MimeType', additionalTypes),
      signers: childrenNamed(pointer, 'ServiceDigitalIdentities')
        .flatMap((identities) => childrenNamed(identities, 'ServiceDigitalIdentity'))
        .flatMap(certificatesOf),
    };
  });
}

function servicesOf(root: XmlNode): TrustService[] {
  const lists = childrenNamed(root, 'TrustServiceProviderList');
  if (lists.length > 1) throw malformed('two lists of providers');
  const services = lists
    .flatMap((list) => childrenNamed(list, 'TrustServiceProvider'))
    .flatMap((provider) => {
      const [names] = childrenNamed(provider, 'TSPInformation').flatMap((each) => childrenNamed(each, 'TSPName'));
      const name = (names && firstText(names, 'Name')) ?? '';
      return childrenNamed(only(provider, 'TSPServices'), 'TSPService').map((service) => readService(service, name));
    });
  if (services.length > mostServices) throw malformed(`over ${mostServices} services`);
  return services;
}

function wholeNumber(parent: XmlNode, name: string): number {
  const text = textOf(only(parent, name));
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text)) throw malformed(`${name} is no number`);
  return value;
}

const malformed = (detail: string) => new FormatError('trusted list', detail);
