export { readAnchors } from './trust-anchors.ts';
