import { itemsOf, type JsonObject, type JsonValue, objectOf, stringOf } from '../../formats/jws/index.ts';
import { type EmbeddedMaterial, joinMaterial } from '../embedded-material.ts';
import { materialOfCms } from './cms-material.ts';
import type { UnsignedComponent } from './jades-components.ts';
import { tokenOf } from './token-of.ts';

const most = 5000;

/** The octets of base64 text (RFC 4648 4), as x5c and pkiOb have it; undefined where it is none. */
export function base64Of(value: JsonValue | undefined): Uint8Array | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  return Buffer.from(value, 'base64');
}

const der = 'http://uri.etsi.org/01903/v1.2.2#DER';

/** The octets of a pkiOb in DER, its encoding where none is named (TS 119 182-1 5.4.2). */
function objectOctets(value: JsonValue | undefined): Uint8Array | undefined {
  const object = objectOf(value);
  return object && [undefined, der].includes(stringOf(object.get('encoding')))
    ? base64Of(object.get('val'))
    : undefined;
}

const octetsOf = new WeakMap<object, readonly Uint8Array[]>();

/** The time-stamp tokens in a container of them (TS 119 182-1 5.4.3), the same arrays each time. */
export function tokensIn(container: JsonValue | undefined): readonly Uint8Array[] {
  const holder = objectOf(container);
  if (!holder) return [];
  const known = octetsOf.get(holder);
  if (known) return known;
  const tokens = itemsOf(holder.get('tstTokens')).flatMap((token) => base64Of(objectOf(token)?.get('val')) ?? []);
  octetsOf.set(holder, tokens);
  return tokens;
}

const timestampNames = ['sigTst', 'arcTst', 'sigRTst', 'rfsTst'];

/** Certificates and revocation data in unsigned components, and inside the time-stamps among them (TS 119 182-1 5.3). */
export function materialInComponents(components: readonly UnsignedComponent[]): EmbeddedMaterial {
  return joinMaterial(
    components.flatMap(({ name, value }) => {
      if (timestampNames.includes(name)) return [materialInTokens(value)];
      if (name === 'xVals' || name === 'axVals') return [certificateValues(value)];
      if (name === 'rVals' || name === 'arVals') return [revocationValues(objectOf(value))];
      if (name !== 'tstVD' && name !== 'anyValData') return [];
      const data = objectOf(value);
      return [certificateValues(data?.get('xVals')), revocationValues(objectOf(data?.get('rVals')))];
    }),
  );
}

/** What the time-stamp tokens in a container bring along. */
export function materialInTokens(container: JsonValue | undefined): EmbeddedMaterial {
  const tokens = tokensIn(container).flatMap((octets) => tokenOf(octets) ?? []);
  return joinMaterial(tokens.map(({ signedData }) => materialOfCms(signedData)));
}

function certificateValues(value: JsonValue | undefined): EmbeddedMaterial {
  const certificates = itemsOf(value)
    .slice(0, most)
    .flatMap((item) => objectOctets(objectOf(item)?.get('x509Cert')) ?? []);
  return { certificates, crls: [], ocspResponses: [] };
}

function revocationValues(values: JsonObject | undefined): EmbeddedMaterial {
  const octets = (name: string) =>
    itemsOf(values?.get(name))
      .slice(0, most)
      .flatMap((item) => objectOctets(item) ?? []);
  return { certificates: [], crls: octets('crlVals'), ocspResponses: octets('ocspVals') };
}
