import { SaxesParser } from 'saxes';
import { FormatError } from '../../../base/index.ts';
import { canonical, element, namespaces } from './canonical-xml.ts';

/** Where the record goes, in characters of the text, and whether the properties around it are there. */
interface Place {
  readonly at: number;
  readonly inside: 'UnsignedSignatureProperties' | 'QualifyingProperties';
}

/**
 * Puts an evidence record among the unsigned properties of a XAdES signature, as its last (TS 119 132-3 5): only these
 * octets come to the document.
 * @param document UTF-8, well-formed
 * @param record EvidenceRecord (RFC 4998) over what TS 119 132-3 5.2.2 names: `digestForXadesEvidence` gives its digest
 * @param position of the signature among all of the document, counter-signatures too, in its order
 * @throws FormatError when there is no such signature, or it has no qualifying properties
 */
export function embedInXades(document: Uint8Array, record: Uint8Array, position = 0): Uint8Array {
  const text = Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString('utf8');
  const place = placeIn(text, position);
  if (!place) throw new FormatError('XML', 'no place for an evidence record');
  const evidence = element('xadesen:SealingEvidenceRecords', {}, [
    element('xadesen:ASN1EvidenceRecord', {}, Buffer.from(record).toString('base64')),
  ]);
  const properties =
    place.inside === 'UnsignedSignatureProperties'
      ? evidence
      : element('xades:UnsignedProperties', {}, [element('xades:UnsignedSignatureProperties', {}, [evidence])]);
  return Buffer.from(text.slice(0, place.at) + canonical(properties) + text.slice(place.at));
}

/** Before the end tag of the signature's own unsigned properties or, where it has none, of its qualifying properties. */
function placeIn(text: string, position: number): Place | undefined {
  const parser = new SaxesParser({ xmlns: true });
  const open: number[] = [];
  let count = 0;
  let place: Place | undefined;
  parser.on('error', (error) => {
    throw new FormatError('XML', error.message);
  });
  parser.on('opentag', ({ uri, local }) => {
    if (uri === namespaces.ds && local === 'Signature') open.push(count++);
  });
  parser.on('closetag', ({ uri, local, isSelfClosing }) => {
    const at = text.lastIndexOf('</', parser.position - 1);
    const isOwn = open.at(-1) === position && !isSelfClosing;
    if (isOwn && local === 'UnsignedSignatureProperties') place ??= { at, inside: local };
    if (isOwn && local === 'QualifyingProperties' && uri === namespaces.xades) place ??= { at, inside: local };
    if (uri === namespaces.ds && local === 'Signature') open.pop();
  });
  parser.write(text).close();
  return place;
}
