export { readVerifiedLists, type TrustedListsInUse, trustedListsInUse, type VerifiedFile } from './lists-in-use.ts';
export { type LoadedLists, loadTrustedLists, type RefusedList, type TrustedListSettings } from './load-lists.ts';
