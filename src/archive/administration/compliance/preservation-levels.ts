import type { ActContext } from '../acts.ts';
import { type ComplianceFact, complianceFacts, type FactState } from './compliance-facts.ts';

/** Areas of the NDSA Levels of Digital Preservation, version 2. */
export const levelAreas = ['storage', 'integrity', 'control', 'metadata', 'content'] as const;

/** One cell of the grid: an area at one of the four levels (know, protect, monitor, sustain). */
export interface LevelCell {
  readonly area: (typeof levelAreas)[number];
  readonly level: 1 | 2 | 3 | 4;
  readonly state: FactState;
}

/**
 * The self-assessment by NDSA levels (NDS-R), computed from facts where there are any. `own-act` where it depends on where the
 * locations stand, who has keys, or what is looked at by people; `not-met` for what the program does not do.
 */
export async function preservationLevels(
  context: ActContext,
  facts?: readonly ComplianceFact[],
  isScanning = false,
): Promise<LevelCell[]> {
  const known = facts ?? (await complianceFacts(context));
  const { storage } = context;
  const copies = await storage.independentCopies();
  const sites = new Set(storage.active().flatMap(({ description }) => description.site ?? [])).size;
  const isMet = (name: ComplianceFact['fact']) => known.some(({ fact, state }) => fact === name && state === 'met');
  const states: Readonly<Record<LevelCell['area'], readonly [FactState, FactState, FactState, FactState]>> = {
    storage: [
      met(copies >= 2),
      met(copies >= 3 && sites >= 2),
      copies >= 3 && sites >= 2 ? 'own-act' : 'not-met',
      copies >= 3 ? 'own-act' : 'not-met',
    ],
    // digests are computed at intake and compared with each copy that is written: always
    integrity: ['met', met(isScanning), met(isMet('auditCoverage')), isMet('auditCoverage') ? 'own-act' : 'not-met'],
    control: ['met', 'met', 'met', met(isMet('audit'))],
    metadata: ['met', 'met', 'met', 'met'],
    content: ['met', 'met', 'met', 'not-met'], // formats are identified and watched; none is migrated
  };
  return levelAreas.flatMap((area) =>
    states[area].map((state, index): LevelCell => ({ area, level: (index + 1) as LevelCell['level'], state })),
  );
}

const met = (isMet: boolean): FactState => (isMet ? 'met' : 'not-met');
