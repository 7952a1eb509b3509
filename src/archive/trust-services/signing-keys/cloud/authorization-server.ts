import { sealUnavailable } from '../signing-key.ts';
import { checkedAddress, type ServiceRequests } from './service-request.ts';

/** Where a service's OAuth 2 server is asked. */
export interface AuthorizationServer {
  readonly authorize: string;
  readonly token: string;
}

/**
 * The authorization server that a service's `info` names (CSC API v2 11.1): by `oauth2`, its base, or by `oauth2Issuer`, whose
 * metadata say the rest (RFC 8414).
 * @throws ArchiveError SEAL_UNAVAILABLE
 */
export async function findAuthorizationServer(requests: ServiceRequests): Promise<AuthorizationServer> {
  const { oauth2, oauth2Issuer: issuer, specs } = await requests.json('info', {});
  if (typeof specs !== 'string' || !/^2\./.test(specs))
    throw sealUnavailable('the remote signing service does not speak version 2 of the CSC API.');
  if (typeof oauth2 === 'string') {
    const base = oauth2.replace(/\/?(oauth2\/?)?$/, '/oauth2/');
    return { authorize: `${base}authorize`, token: `${base}token` };
  }
  if (typeof issuer !== 'string') throw sealUnavailable('the remote signing service names no OAuth 2 server.');
  const { origin, pathname } = new URL(checkedAddress(issuer));
  const place = `${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`;
  const said = await requests.get(place);
  const { authorization_endpoint: authorize, token_endpoint: token } = said;
  if (said.issuer !== issuer || typeof token !== 'string')
    throw sealUnavailable('the metadata of the OAuth 2 server are of another one, or lack its addresses.');
  return { authorize: typeof authorize === 'string' ? authorize : '', token };
}
