import { unlessMalformed } from '../../../base/index.ts';
import { childrenOf, isUniversal, octetsOf, oidOf, sequenceOf, universal } from '../../formats/asn1/index.ts';
import { type SignerInfo, signedAttributesOf } from '../../formats/cms/index.ts';
import { decodeBase64Url, type JwsSignature, jwsDigest, objectOf, stringOf } from '../../formats/jws/index.ts';
import { digestNameOf, readAlgorithm } from '../../formats/x509/index.ts';
import { childElements, digestNamed, readDigest, signatureNamespace, textWithin } from '../../formats/xmldsig/index.ts';
import type { SignaturePolicyFact } from '../signed-document.ts';
import { cadesOids } from './attribute-oids.ts';
import type { UnsignedComponent } from './jades-components.ts';
import { base64Of } from './jades-material.ts';
import { octetsIn } from './xades-material.ts';
import { propertiesNamed, type XadesProperties, xadesChildren } from './xades-properties.ts';

type Named = { readonly signaturePolicy?: SignaturePolicyFact };

/** The policy that a CAdES signature names (EN 319 122-1 5.2.9.1), and its document where a store brings it (5.2.9.2). Unreadable or implied: none. */
export function policyOfCms(signer: SignerInfo): Named {
  const [attribute] = signedAttributesOf(signer, cadesOids.signaturePolicy);
  const [value] = attribute?.values ?? [];
  const fact = unlessMalformed((): SignaturePolicyFact | undefined => {
    if (!isUniversal(value, universal.sequence)) return undefined;
    const [id, hash] = sequenceOf(value, 'a SignaturePolicyId');
    const [algorithm, digest] = hash ? sequenceOf(hash, 'a SigPolicyHash') : [];
    const [store] = signer.unsignedAttributes.filter(({ oid }) => oid === cadesOids.signaturePolicyStore);
    const [, stored] = store?.values[0] ? childrenOf(store.values[0]) : [];
    return {
      id: oidOf(id),
      ...named(algorithm && digestNameOf(readAlgorithm(algorithm).oid), digest && octetsOf(digest)),
      ...(isUniversal(stored, universal.octetString) ? { document: octetsOf(stored) } : {}),
    };
  });
  return fact ? { signaturePolicy: fact } : {};
}

/** The policy that a XAdES signature names (EN 319 132-1 5.2.9), and its document where a store brings it (5.2.10). A policy that is transformed before it is hashed has no digest here. */
export function policyOfXades({ signedSignatureProperties, unsignedSignatureProperties }: XadesProperties): Named {
  const [policy] = propertiesNamed(signedSignatureProperties, 'SignaturePolicyIdentifier').flatMap((identifier) =>
    xadesChildren(identifier, 'SignaturePolicyId'),
  );
  if (!policy) return {};
  const [id] = xadesChildren(policy, 'SigPolicyId').flatMap((holder) => xadesChildren(holder, 'Identifier'));
  const [hash] = xadesChildren(policy, 'SigPolicyHash');
  const isTransformed = childElements(policy, 'Transforms', signatureNamespace).length > 0;
  const read = hash && !isTransformed ? unlessMalformed(() => readDigest(hash, hash.namespace)) : undefined;
  const [stored] = propertiesNamed(unsignedSignatureProperties, 'SignaturePolicyStore')
    .flatMap((store) => xadesChildren(store, 'SignaturePolicyDocument'))
    .flatMap((holder) => octetsIn(holder) ?? []);
  return {
    signaturePolicy: {
      id: id ? textWithin(id).trim() : '',
      ...named(read?.digestAlgorithm, read?.digest),
      ...(stored ? { document: stored } : {}),
    },
  };
}

/** The policy that a JAdES signature names (TS 119 182-1 5.2.7), and its document where a store brings it (5.3.3). */
export function policyOfJades({ protectedHeader }: JwsSignature, components: readonly UnsignedComponent[]): Named {
  const policy = objectOf(protectedHeader.get('sigPId'));
  if (!policy) return {};
  const method = stringOf(policy.get('digAlg')) ?? '';
  const value = stringOf(policy.get('digVal'));
  const digest = value === undefined ? undefined : unlessMalformed(() => decodeBase64Url(value));
  const [store] = components.filter(({ name }) => name === 'sigPSt');
  const stored = base64Of(objectOf(store?.value)?.get('sigPolDoc'));
  return {
    signaturePolicy: {
      id: stringOf(policy.get('id')) ?? stringOf(objectOf(policy.get('id'))?.get('id')) ?? '',
      ...named(jwsDigest(method) ?? digestNamed(method), digest),
      ...(stored ? { document: stored } : {}),
    },
  };
}

/** A digest of nothing but zeros says that none is given (EN 319 122-1 5.2.9.1). */
function named(
  digestAlgorithm: SignaturePolicyFact['digestAlgorithm'],
  digest: Uint8Array | undefined,
): Pick<SignaturePolicyFact, 'digestAlgorithm' | 'digest'> {
  if (!digest?.some((octet) => octet !== 0)) return {};
  return { ...(digestAlgorithm ? { digestAlgorithm } : {}), digest };
}
