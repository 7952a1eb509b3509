import {
  addPerson,
  changeRoles,
  closeAccount,
  invitePerson,
  personOf,
  type Role,
  roles,
} from '../../../archive/administration/index.ts';
import { listPeople, listSignInEvents } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, readPlainForm } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { ownOrigin } from '../session/cookies.ts';
import { LinkPage, PeoplePage, PersonPage } from './page.tsx';

/** Who may do what. */
export const peoplePages: readonly PageRoute[] = [
  { method: 'get', path: '/people', action: 'person.read', answer: (request) => list(request) },
  { method: 'post', path: '/people', action: 'person.change', answer: add },
  { method: 'get', path: '/people/:person', action: 'person.read', answer: show },
  { method: 'post', path: '/people/:person/roles', action: 'person.change', answer: setRoles },
  { method: 'post', path: '/people/:person/link', action: 'person.change', answer: giveLink },
  { method: 'post', path: '/people/:person/close', action: 'person.change', answer: close },
];

async function list({ ctx, service, view }: PageRequest, fault?: string, status = 200): Promise<void> {
  const people = await listPeople(service.context.catalog, actorOf(ctx).institution);
  answerWith(ctx, <PeoplePage view={view} people={people} {...(fault ? { fault } : {})} />, status);
}

async function add(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const form = await readPlainForm(ctx.req);
  try {
    const person = await addPerson(service.context, actorOf(ctx), {
      signInName: form.get('signInName') ?? '',
      displayName: form.get('displayName') ?? '',
      roles: rolesIn(form),
    });
    await answerLink(request, person.id);
  } catch (error) {
    if (!(error instanceof ArchiveError) || !['REQUEST_MALFORMED', 'STATE_CONFLICT'].includes(error.code)) throw error;
    await list(request, view.t.say('people.refused'), 422);
  }
}

async function show({ ctx, service, view, params }: PageRequest): Promise<void> {
  const actor = actorOf(ctx);
  const person = await personOf(service.context, actor, params.person ?? '');
  const events = await listSignInEvents(service.context.catalog, actor.institution, person.id, 20);
  answerWith(ctx, <PersonPage view={view} person={person} events={events} />);
}

async function setRoles({ ctx, service, params }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  await changeRoles(service.context, actorOf(ctx), params.person ?? '', rolesIn(form));
  goTo(ctx, `/people/${params.person}`);
}

async function giveLink(request: PageRequest): Promise<void> {
  await readPlainForm(request.ctx.req);
  await answerLink(request, request.params.person ?? '');
}

async function close({ ctx, service, params }: PageRequest): Promise<void> {
  await readPlainForm(ctx.req);
  await closeAccount(service.context, actorOf(ctx), params.person ?? '');
  goTo(ctx, '/people');
}

/** The link is shown this once, to whoever asked for it: they hand it over. */
async function answerLink({ ctx, service, view }: PageRequest, id: string): Promise<void> {
  const actor = actorOf(ctx);
  const person = await personOf(service.context, actor, id);
  const secret = await invitePerson(service.accounts, actor, id);
  const address = `${ownOrigin(service, ctx)}/sign-in?link=${secret}`;
  answerWith(
    ctx,
    <LinkPage view={view} person={person} address={address} hours={service.accounts.policy.invitationHours} />,
  );
}

function rolesIn(form: URLSearchParams): Role[] {
  return form.getAll('role').filter((role): role is Role => roles.includes(role as Role));
}
