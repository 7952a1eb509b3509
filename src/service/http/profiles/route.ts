import { json, type Route } from '../route.ts';
import { presentProfile } from './presenter.ts';

const listProfiles: Route = {
  method: 'get',
  path: '/profiles',
  operation: 'listProfiles',
  summary: 'The kinds of record, what each must say of itself and may be made of',
  action: 'record.find',
  answers: { 200: json('The profiles', 'ProfileList') },
  handle: async ({ context }, { ctx }) => {
    ctx.body = { profiles: context.profiles.all.map(presentProfile) };
  },
};

export const profileRoutes: readonly Route[] = [listProfiles];
