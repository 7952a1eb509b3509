import { publishProfile, withdrawProfile } from '../../../archive/administration/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { json, type Route } from '../route.ts';
import { presentProfile } from './presenter.ts';
import { profileBody, profileVersionBody, withdrawalBody } from './schema.ts';

const listProfiles: Route = {
  method: 'get',
  path: '/profiles',
  operation: 'listProfiles',
  summary: 'The kinds of record that are offered, what each must say of itself and may be made of',
  action: 'record.find',
  answers: { 200: json('The profiles', 'ProfileList') },
  handle: async ({ context }, { ctx }) => {
    ctx.body = { profiles: (await context.profiles.current()).offered.map(presentProfile) };
  },
};

const publish: Route = {
  method: 'post',
  path: '/profiles',
  operation: 'publishProfile',
  summary: 'Define a kind of record: fields, formats, signatures, category, workflow',
  action: 'profile.change',
  body: { type: 'application/json', schema: profileBody },
  answers: { 201: json('The profile', 'Profile') },
  handle: async ({ context }, { ctx, actor, body }) => {
    const profile = await publishProfile(context, { definition: body, actor: actor.name, basedOn: '' });
    ctx.status = 201;
    ctx.body = presentProfile(profile);
  },
};

const versions: Route = {
  method: 'get',
  path: '/profiles/:profile/versions',
  operation: 'listProfileVersions',
  summary: 'Every version of a profile: records keep the one they came under',
  action: 'record.find',
  answers: { 200: json('The versions', 'ProfileList') },
  handle: async ({ context }, { ctx, params }) => {
    const found = (await context.profiles.current()).all.filter(({ id }) => id === params.profile);
    if (found.length === 0) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such profile.');
    ctx.body = { profiles: found.map(presentProfile) };
  },
};

const read: Route = {
  method: 'get',
  path: '/profiles/:profile',
  operation: 'readProfile',
  summary: 'The version of a profile that is in use, with the JSON Schema of its metadata',
  action: 'record.find',
  answers: { 200: json('The profile', 'Profile') },
  handle: async ({ context }, { ctx, params }) => {
    const found = (await context.profiles.current()).offered.find(({ id }) => id === params.profile);
    if (!found) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such profile.');
    ctx.body = presentProfile(found);
  },
};

const publishNext: Route = {
  method: 'post',
  path: '/profiles/:profile/versions',
  operation: 'publishProfileVersion',
  summary: 'Publish the next version of a profile: records that are there keep theirs',
  action: 'profile.change',
  body: { type: 'application/json', schema: profileVersionBody },
  answers: { 201: json('The profile', 'Profile') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const { basedOn, ...definition } = body as { basedOn?: string };
    (await context.profiles.current()).find(params.profile);
    const profile = await publishProfile(context, {
      definition: { ...definition, id: params.profile },
      actor: actor.name,
      ...(basedOn === undefined ? {} : { basedOn }),
    });
    ctx.status = 201;
    ctx.body = presentProfile(profile);
  },
};

const withdraw: Route = {
  method: 'post',
  path: '/profiles/:profile/withdrawal',
  operation: 'withdrawProfile',
  summary: 'Withdraw a profile: no new records come under it',
  action: 'profile.change',
  body: { type: 'application/json', schema: withdrawalBody },
  answers: { 204: { description: 'It is withdrawn' } },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const { reason } = body as { reason: string };
    await withdrawProfile(context, { id: params.profile ?? '', reason, actor: actor.name });
    ctx.status = 204;
  },
};

export const profileRoutes: readonly Route[] = [listProfiles, publish, versions, read, publishNext, withdraw];
