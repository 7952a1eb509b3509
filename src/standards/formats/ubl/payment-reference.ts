/**
 * A payment reference as issuers write it: `(mod97) 16-322…`, `mod 97 16322…`, `97 16322…`, or the reference alone.
 * @returns the model, where one is named, and the reference without spaces
 */
export function paymentReference(stated: string): { readonly model?: string; readonly reference: string } {
  const named = /^\(?\s*mod(?:el)?\.?\s*:?\s*(\d{2})\s*\)?[\s:]*(\S.*)$/i.exec(stated.trim());
  const bare = /^(97)\s+(\d.*)$/.exec(stated.trim());
  const [, model, rest] = named ?? bare ?? [];
  const reference = (rest ?? stated).replace(/\s+/g, '').slice(0, 100);
  return model === undefined ? { reference } : { model, reference };
}
