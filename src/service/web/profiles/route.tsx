import { publishProfile, withdrawProfile } from '../../../archive/administration/index.ts';
import { fileHeading } from '../../../archive/ingest/index.ts';
import { checkDefinition, makeProfile, type Profile, type Profiles } from '../../../archive/profiles/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { writeCsv } from '../../../standards/formats/table/index.ts';
import { actorOf, contentDisposition, problemOf, readPlainForm, type Service } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { EditProfilePage, type EditProps } from './edit-page.tsx';
import { ProfilePage, ProfilesPage } from './list-page.tsx';
import { definitionOf, draftFrom, draftOf, edited, type ProfileDraft } from './profile-draft.ts';

/** Kinds of record: seen by all who see records, changed by administrators and supervisors. */
export const profilePages: readonly PageRoute[] = [
  { method: 'get', path: '/profiles', action: 'record.find', answer: list },
  { method: 'get', path: '/profiles/new', action: 'profile.change', answer: begin },
  { method: 'post', path: '/profiles/edit', action: 'profile.change', answer: edit },
  { method: 'get', path: '/profiles/:profile', action: 'record.find', answer: show },
  { method: 'get', path: '/profiles/:profile/metadata.csv', action: 'record.find', answer: giveTable },
  { method: 'get', path: '/profiles/:profile/edit', action: 'profile.change', answer: change },
  { method: 'post', path: '/profiles/:profile/withdraw', action: 'profile.change', answer: withdraw },
];

async function list({ ctx, service, view }: PageRequest): Promise<void> {
  const { all, offered } = await service.context.profiles.current();
  const gone = [...new Set(all.map(({ id }) => id))].filter((id) => !offered.some((profile) => profile.id === id));
  const withdrawn = gone.flatMap((id) => all.findLast((profile) => profile.id === id) ?? []);
  answerWith(ctx, <ProfilesPage view={view} offered={offered} withdrawn={withdrawn} />);
}

async function show({ ctx, service, view, params, query }: PageRequest): Promise<void> {
  const profiles = await service.context.profiles.current();
  const profile = shown(profiles, params.profile ?? '', query.version);
  const versions = profiles.all.filter(({ id }) => id === profile.id);
  answerWith(
    ctx,
    <ProfilePage view={view} profile={profile} versions={versions} isInUse={profiles.offered.includes(profile)} />,
  );
}

/** A table to be filled in, a row for each file: headed as the reader's language calls the fields. */
async function giveTable({ ctx, service, view: { t }, params }: PageRequest): Promise<void> {
  const profile = shown(await service.context.profiles.current(), params.profile ?? '', undefined);
  const titles = profile.fields.map(({ title }) => title[t.language]);
  const names = profile.fields.map(({ name }, index) => {
    const title = titles[index] ?? name;
    return titles.indexOf(title) === titles.lastIndexOf(title) ? title : name; // two fields of one name are told apart
  });
  ctx.type = 'text/csv; charset=utf-8';
  ctx.set('Content-Disposition', contentDisposition('attachment', `${profile.id}.csv`));
  ctx.body = Buffer.from(writeCsv([[fileHeading[t.language], t.say('category'), ...names]]));
}

/** @throws ArchiveError ENTRY_UNKNOWN */
function shown({ all, offered }: Profiles, wanted: string, version: string | undefined): Profile {
  const versions = all.filter(({ id }) => id === wanted);
  const profile =
    version === undefined
      ? (offered.find(({ id }) => id === wanted) ?? versions.at(-1))
      : versions.find((each) => each.version === version);
  if (!profile) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such profile.');
  return profile;
}

const blank: ProfileDraft = {
  values: {
    id: '',
    basedOn: '',
    formats: '*',
    maxMegabytes: '1024',
    signature: 'optional',
    onFailedSignature: 'quarantine',
    confirmation: 'none',
    longTermFormats: 'yes',
    fillsStatutoryFields: 'yes',
  },
  fields: [],
};

/** A new one, with the shared fields in it; or the copy of another. */
async function begin(request: PageRequest): Promise<void> {
  const { service, query } = request;
  const profiles = await service.context.profiles.current();
  const model = profiles.offered.find(({ id }) => id === query.from);
  const copied = model && draftOf(model.definition, '');
  const draft = copied
    ? { ...copied, values: { ...copied.values, id: '' } }
    : { ...blank, fields: Object.keys(service.context.profiles.shipped.shared).map(sharedField) };
  answerEdit(request, { draft });
}

const sharedField = (name: string) => ({ name, kind: 'shared', required: name === 'title' ? 'yes' : '' });

async function change(request: PageRequest): Promise<void> {
  const { service, params, query } = request;
  const profiles = await service.context.profiles.current();
  const profile = shown(profiles, params.profile ?? '', query.version);
  const inUse = profiles.offered.find(({ id }) => id === profile.id);
  answerEdit(request, { draft: draftOf(profile.definition, inUse?.version ?? '') });
}

/** Adds, removes and moves fields; shows the form that would come of it; or publishes. */
async function edit(request: PageRequest): Promise<void> {
  const { ctx, service, view } = request;
  const form = await readPlainForm(ctx.req);
  const command = form.get('do') ?? 'preview';
  const draft = edited(draftFrom(form), command, form.get('shared') ?? '');
  if (!['preview', 'publish'].includes(command)) return answerEdit(request, { draft });
  const definition = definitionOf(draft);
  try {
    if (command === 'publish') {
      const actor = actorOf(ctx).name;
      const published = await publishProfile(service.context, {
        definition,
        actor,
        basedOn: draft.values.basedOn ?? '',
      });
      return goTo(ctx, `/profiles/${published.id}`);
    }
    answerEdit(request, { draft, preview: previewOf(service, definition) });
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const { code, status } = problemOf(error, ctx.state.requestId);
    if (status >= 500) throw error;
    const faults = new Map(error.places.map(({ pointer, detail }) => [controlOf(pointer), view.t.fault(detail)]));
    const problem = code === 'METADATA_INVALID' ? view.t.say('profiles.faulty') : view.t.problem(code);
    answerEdit(request, { draft, faults, problem }, status);
  }
}

function previewOf({ context }: Service, definition: unknown): Profile {
  const { shared } = context.profiles.shipped;
  const checked = checkDefinition(definition, (name) => Object.hasOwn(shared, name));
  return makeProfile(checked, { version: '0', origin: 'own' }, shared);
}

/** `/fields/2/pattern` is said beside `f2.pattern`, `/title/en` beside `title`. */
function controlOf(pointer: string): string {
  const [, first = '', second = '', third = ''] = pointer.split('/');
  return first === 'fields' && second !== '' ? `f${second}.${third}` : first;
}

function answerEdit(
  { ctx, service, view }: PageRequest,
  { faults = new Map(), ...rest }: Partial<EditProps> & Pick<EditProps, 'draft'>,
  status = 200,
): void {
  const shared = makeProfile(
    {
      id: 'shared',
      title: { 'sr-Cyrl': '', en: '' },
      fields: Object.keys(service.context.profiles.shipped.shared).map((name) => ({ name })),
      formats: '*',
      maxFileSize: 1,
      onFailedSignature: 'archive',
      confirmation: 'none',
    },
    { version: '0', origin: 'own' },
    service.context.profiles.shipped.shared,
  ).fields;
  answerWith(ctx, <EditProfilePage view={view} faults={faults} shared={shared} {...rest} />, status);
}

async function withdraw({ ctx, service, params }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  const id = params.profile ?? '';
  shown(await service.context.profiles.current(), id, undefined);
  await withdrawProfile(service.context, { id, reason: form.get('reason') ?? '', actor: actorOf(ctx).name });
  goTo(ctx, `/profiles/${id}`);
}
