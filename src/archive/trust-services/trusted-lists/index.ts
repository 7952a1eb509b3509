export { type TrustedListsInUse, trustedListsInUse } from './lists-in-use.ts';
export { type LoadedLists, loadTrustedLists, type RefusedList, type TrustedListSettings } from './load-lists.ts';
