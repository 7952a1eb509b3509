export { isTar, readTar, type TarEntry, type TarListing } from './read-tar.ts';
