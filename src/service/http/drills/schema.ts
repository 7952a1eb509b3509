import { count, list, object, text, utc } from '../schemas.ts';

const outcome = { enum: ['passed', 'failed'] };

export const drillSchemas = {
  DrillList: object(
    {
      drills: list(
        object(
          {
            time: utc,
            actor: text,
            outcome,
            parts: list(
              object(
                {
                  part: { enum: ['backup', 'rebuild', 'export'] },
                  outcome,
                  milliseconds: count,
                  facts: { type: 'object', additionalProperties: count },
                  reason: text,
                },
                ['part', 'outcome', 'milliseconds', 'facts'],
              ),
            ),
          },
          ['time', 'actor', 'outcome', 'parts'],
        ),
      ),
    },
    ['drills'],
  ),
} as const;
