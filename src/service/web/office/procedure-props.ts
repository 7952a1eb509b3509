import type { Disposal, DisposalItem, ItemState, Job } from '../../../archive/data-management/index.ts';
import type { PageView } from '../page-view.ts';

/** One disposal or hand-over, as its page shows it. */
export interface ProcedureProps {
  readonly view: PageView;
  readonly disposal: Disposal;
  readonly items: readonly (DisposalItem & { readonly state: ItemState })[];
  readonly creator: string;
  /** What is being done with it now. */
  readonly job?: Job;
}

/** Where the pages of a kind lie. */
export const roomOf = ({ kind }: Pick<Disposal, 'kind'>) => (kind === 'hand-over' ? 'handovers' : 'disposals');
