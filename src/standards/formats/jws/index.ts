export { isOnNamedCurve, jwsAlgorithm, jwsDigest } from './algorithms.ts';
export { decodeBase64Url, encodedBase64Url } from './base64url.ts';
export { canonicalForm } from './canonical-form.ts';
export { type Jws, type JwsSignature, readCompactSerialization, readJsonSerialization, readJws } from './jws.ts';
export { itemsOf, type JsonObject, type JsonValue, objectOf, readJson, sourceOf, stringOf } from './read-json.ts';
