import { checkPayee, type Issuer, type IssuerKind } from './archive/access/index.ts';
import type { ServiceClient } from './archive/trust-services/index.ts';
import { ArchiveError } from './base/index.ts';

/** Who issues certified copies, as `config.json` has it; the name of the institution where it has none. */
export interface IssuerInFile extends Partial<Omit<Issuer, 'kind'>> {
  readonly kind?: string;
}

const kinds: readonly IssuerKind[] = ['public-body', 'company', 'qualified-provider'];

/**
 * Reads the issuer. Nobody is a public body or a qualified provider unless the configuration says so.
 * @throws ArchiveError USAGE
 */
export function issuerOf({ kind: stated = 'company', ...given }: IssuerInFile = {}, institution: string): Issuer {
  const kind = kinds.find((known) => known === stated);
  if (!kind) throw new ArchiveError('USAGE', `issuer.kind must be one of: ${kinds.join(', ')}.`);
  if (kind === 'qualified-provider' && !given.registerEntry)
    throw new ArchiveError('USAGE', 'A qualified provider needs issuer.registerEntry: its entry in the register.');
  const person = given.authorisedPerson;
  if (person && !(person.name && person.capacity && person.act))
    throw new ArchiveError('USAGE', 'issuer.authorisedPerson needs name, capacity and act of authorisation.');
  const issuer: Issuer = { ...given, kind, name: given.name ?? institution };
  if (issuer.payee && !(issuer.payee.account && issuer.payee.name))
    throw new ArchiveError('USAGE', 'issuer.payee needs account and name.');
  try {
    checkPayee(issuer);
  } catch (cause) {
    if (!(cause instanceof ArchiveError)) throw cause;
    throw new ArchiveError('USAGE', `issuer.payee cannot be paid. ${cause.message}`, { cause });
  }
  return issuer;
}

/** Where the authorised person signs in the cloud. @throws ArchiveError USAGE */
export function personSigningService({
  TRAJNO_PERSON_SIGNING: url,
  TRAJNO_PERSON_SIGNING_CLIENT_ID: clientId,
  TRAJNO_PERSON_SIGNING_CLIENT_SECRET: clientSecret,
}: NodeJS.ProcessEnv): { readonly personSigning?: ServiceClient } {
  if (!url) return {};
  if (!clientId || clientSecret === undefined)
    throw new ArchiveError(
      'USAGE',
      'TRAJNO_PERSON_SIGNING needs TRAJNO_PERSON_SIGNING_CLIENT_ID and TRAJNO_PERSON_SIGNING_CLIENT_SECRET beside it.',
    );
  return { personSigning: { url, clientId, clientSecret: async () => clientSecret } };
}
