import {
  complianceFacts,
  factNames,
  indicatorNames,
  indicators,
  levelAreas,
  preservationLevels,
} from '../../../archive/administration/index.ts';
import { json, type Route } from '../route.ts';
import { count, list, object, text } from '../schemas.ts';

const state = { enum: ['met', 'not-met', 'own-act'] };

export const complianceSchemas = {
  Compliance: object(
    {
      facts: list(
        object({ fact: { enum: [...factNames] }, requirement: text, state, creator: text, value: text }, [
          'fact',
          'requirement',
          'state',
        ]),
      ),
      levels: list(
        object({ area: { enum: [...levelAreas] }, level: { enum: [1, 2, 3, 4] }, state }, ['area', 'level', 'state']),
      ),
      indicators: list(object({ indicator: { enum: [...indicatorNames] }, value: count, of: count }, ['indicator'])),
    },
    ['facts', 'levels', 'indicators'],
  ),
} as const;

const read: Route = {
  method: 'get',
  path: '/compliance',
  operation: 'readCompliance',
  summary:
    'The live checklist of the institution, its NDSA levels, and indicators, computed from what is in the archive',
  action: 'office.read',
  answers: { 200: json('Where the institution stands', 'Compliance') },
  handle: async ({ context }, { ctx }) => {
    const facts = await complianceFacts(context);
    const levels = await preservationLevels(context, facts, context.scanner !== undefined);
    ctx.body = { facts, levels, indicators: await indicators(context) };
  },
};

export const complianceRoutes: readonly Route[] = [read];
