import { bringBack, markCatchingUp } from '../../../archive/administration/index.ts';
import { json, type Route } from '../route.ts';
import type { Service } from '../service.ts';
import { presentLocations } from './presenter.ts';
import { locationDecisionBody } from './schema.ts';

const listLocations: Route = {
  method: 'get',
  path: '/locations',
  operation: 'listLocations',
  summary: 'Where the copies lie, and how many of these places are independent',
  action: 'location.read',
  answers: { 200: json('The locations', 'LocationList') },
  handle: async (service, { ctx }) => {
    ctx.body = await present(service);
  },
};

const decideOn: Route = {
  method: 'post',
  path: '/locations/:location/decisions',
  operation: 'decideOnLocation',
  summary: 'Leave a location out of receipts while its disk is away, or bring it back',
  action: 'location.change',
  body: { type: 'application/json', schema: locationDecisionBody },
  answers: { 200: json('The locations as they now are', 'LocationList') },
  handle: async (service, { ctx, actor, params, body }) => {
    const { decision, reason } = body as { decision: 'leave' | 'bring-back'; reason: string };
    const name = params.location ?? '';
    if (decision === 'leave') await markCatchingUp(service.context, name, actor.name, reason);
    else await bringBack(service.context, name, actor.name);
    ctx.body = await present(service);
  },
};

async function present(service: Service) {
  return {
    locations: await presentLocations(service),
    independentCopies: await service.context.storage.independentCopies(),
  };
}

export const locationRoutes: readonly Route[] = [listLocations, decideOn];
