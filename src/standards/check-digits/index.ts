export { checkAccount, normalizeAccount } from './bank-account.ts';
export { checkJmbg, maskedJmbg } from './jmbg.ts';
export { checkMaticniBroj } from './maticni-broj.ts';
export { checkModel97, model97Control } from './model-97.ts';
export { checkPib } from './pib.ts';
