import { Ajv2020 } from 'ajv/dist/2020.js';
import { ArchiveError, type ErrorPlace } from '../../../base/index.ts';
import { checkJmbg, checkMaticniBroj, checkPib } from '../../../standards/check-digits/index.ts';
import { type Creator, type CreatorFacts, findCreator } from '../../data-management/index.ts';
import { type ActContext, commitAct, known, newActId, requireDay } from '../acts.ts';
import { creatorSchema } from './creator-schema.ts';

const fits = new Ajv2020({ allErrors: true, strict: false }).compile<CreatorFacts>(creatorSchema);

/** What is not certainly wrong, and yet worth a look. */
export type CreatorWarning = 'REGISTRATION_NUMBER_UNUSUAL';

/**
 * Enters a creator, or changes what is on file of one: the whole of it, in a new version (UTT 5 point 5, ZAG 2 and 9).
 * @param id of the creator that is changed; a new one when left out
 * @throws ArchiveError METADATA_INVALID with the places, wrong check digits among them; ENTRY_UNKNOWN
 */
export async function enterCreator(
  context: ActContext,
  { id, facts, actor }: { readonly id?: string; readonly facts: unknown; readonly actor: string },
): Promise<{ readonly creator: Creator; readonly warnings: readonly CreatorWarning[] }> {
  const checked = checkedFacts(facts);
  const creator = id ?? newActId(context, 'creator');
  await commitAct(context, actor, async (transaction) => {
    const earlier = id && known(await findCreator(transaction, context.institution.id, id), `creator ${id}`);
    const version = earlier ? earlier.version + 1 : 1;
    return {
      type: 'creator.entered',
      subject: creator,
      detail: { version },
      act: { id: `${creator}:${version}`, content: checked },
    };
  });
  const entered = known(await findCreator(context.catalog, context.institution.id, creator), 'such creator');
  return { creator: entered, warnings: warningsOf(checked) };
}

function checkedFacts(facts: unknown): CreatorFacts {
  if (!fits(facts))
    throw invalid(
      (fits.errors ?? []).slice(0, 50).map(({ instancePath, keyword, params, message }) => ({
        pointer:
          keyword === 'required'
            ? `${instancePath}/${params.missingProperty}`
            : keyword === 'additionalProperties'
              ? `${instancePath}/${params.additionalProperty}`
              : instancePath,
        detail: message ?? 'is not as it must be',
      })),
    );
  const places: ErrorPlace[] = [];
  const wrong = (pointer: string, detail: string) => places.push({ pointer, detail });
  if (facts.kind === 'natural-person' && !facts.personalNumber) wrong('/personalNumber', 'is missing');
  if (facts.kind !== 'natural-person' && !facts.registrationNumber) wrong('/registrationNumber', 'is missing');
  if (facts.personalNumber && !checkJmbg(facts.personalNumber))
    wrong('/personalNumber', 'has a wrong check digit or names no day');
  if (facts.taxNumber && !checkPib(facts.taxNumber)) wrong('/taxNumber', 'has a wrong check digit');
  if (places.length > 0) throw invalid(places);
  if (facts.responsiblePerson) requireDay(facts.responsiblePerson.decisionDate, '/responsiblePerson/decisionDate');
  for (const [index, { date }] of (facts.rules ?? []).entries()) requireDay(date, `/rules/${index}/date`);
  return facts;
}

function invalid(places: readonly ErrorPlace[]): ArchiveError {
  const [first] = places;
  return new ArchiveError(
    'METADATA_INVALID',
    `What is said of the creator is not as it must be: “${first?.pointer || '/'}” ${first?.detail}.`,
    { places },
  );
}

function warningsOf({ registrationNumber }: CreatorFacts): CreatorWarning[] {
  return registrationNumber && !checkMaticniBroj(registrationNumber) ? ['REGISTRATION_NUMBER_UNUSUAL'] : [];
}
