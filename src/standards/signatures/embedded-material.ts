/** Certificates and revocation data that came with the document, DER. */
export interface EmbeddedMaterial {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

export const noMaterial: EmbeddedMaterial = { certificates: [], crls: [], ocspResponses: [] };

/** All of several, each once as it stands. */
export function joinMaterial(parts: readonly EmbeddedMaterial[]): EmbeddedMaterial {
  return {
    certificates: parts.flatMap(({ certificates }) => certificates),
    crls: parts.flatMap(({ crls }) => crls),
    ocspResponses: parts.flatMap(({ ocspResponses }) => ocspResponses),
  };
}
