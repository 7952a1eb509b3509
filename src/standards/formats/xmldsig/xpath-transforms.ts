import { FormatError } from '../../../base/index.ts';
import type { NodeSelection } from './canonicalize.ts';
import type { TreeElement } from './xml-tree.ts';

/** The XPath transform (XMLDSig 1.1 6.6.3). */
export function selectByXPath(_selection: NodeSelection, _transform: TreeElement): NodeSelection {
  throw new FormatError('XML signature', 'XPath');
}

/** XPath Filter 2.0. */
export function selectByFilters(_selection: NodeSelection, _transform: TreeElement): NodeSelection {
  throw new FormatError('XML signature', 'XPath Filter 2.0');
}
