import { expect } from 'chai';
import {
  type Actor,
  actions,
  addPerson,
  authorize,
  changeRoles,
  closeAccount,
  isAllowed,
  issueApiToken,
  listApiTokens,
  requireFreshProof,
  revokeApiToken,
  roles,
} from '../../../../src/archive/administration/index.ts';
import { entriesAfter, listPeople } from '../../../../src/archive/data-management/index.ts';
import type { OpenArchive } from '../../../../src/service/cli/index.ts';
import { refusalOf, testArchive } from '../../../support/archive.ts';

const administrator: Actor = { name: 'operator', institution: 'default', roles: ['administrator'] };
const steward: Actor = { name: 'steward', institution: 'default', roles: ['steward'] };

describe('people and their roles', () => {
  let archive: OpenArchive;
  before(async () => {
    archive = await testArchive().open();
  });

  it('allows what one of several roles allows, and nothing to a role that is not known', () => {
    const both = { roles: ['lawyer', 'auditor'] as const };
    expect(isAllowed(both, 'record.export')).to.equal(true);
    expect(isAllowed(both, 'audit.start')).to.equal(true);
    expect(isAllowed(both, 'record.submit')).to.equal(false);
    for (const action of actions) {
      expect(isAllowed({ roles: [] }, action)).to.equal(false);
      expect(isAllowed({ roles: ['toString' as 'officer', '__proto__' as 'officer'] }, action)).to.equal(false);
    }
  });

  it('lets an administrator do everything but what takes an act of authorisation, and a steward nothing with records', () => {
    for (const action of actions) {
      expect(isAllowed(administrator, action), action).to.equal(action !== 'copy.print');
      if (action.startsWith('record.')) expect(isAllowed(steward, action), action).to.equal(false);
    }
  });

  it('keeps a token within its scopes', () => {
    const scoped = { ...administrator, scopes: ['record.find'] as const };
    expect(isAllowed(scoped, 'record.find')).to.equal(true);
    expect(() => authorize(scoped, 'record.read')).to.throw('may not do this');
  });

  it('gives away no power that the giver has not', async () => {
    const { context } = archive;
    const wanted = { signInName: 'krijumčar', displayName: 'K' };
    expect(await refusalOf(addPerson(context, steward, { ...wanted, roles: ['officer'] }))).to.equal('NOT_AUTHORIZED');
    expect(await refusalOf(issueApiToken(context, 'x', 'administrator', undefined, steward))).to.equal(
      'NOT_AUTHORIZED',
    );
    expect(await refusalOf(issueApiToken(context, 'x', 'auditor', ['audit.read'], steward))).to.equal(
      'nothing was refused',
    );
  });

  it('writes into the journal who may do what, by the sign-in name alone', async () => {
    const { context } = archive;
    const person = await addPerson(context, administrator, {
      signInName: ' Мира.Петровић ',
      displayName: 'Мира Петровић, дипл. правник',
      roles: ['officer', 'lawyer', 'officer'],
    });
    expect(person).to.include({ signInName: 'мира.петровић', state: 'active' });
    expect(person.roles).to.deep.equal(['lawyer', 'officer']);
    await changeRoles(context, administrator, person.id, ['lawyer', 'auditor']);
    await closeAccount(context, administrator, person.id);
    const types = ['person.added', 'role.granted', 'role.revoked', 'person.closed'] as const;
    const told = (await entriesAfter(context.catalog, 0, types, 100)).filter(({ subject }) => subject === person.id);
    expect(told.map(({ type, detail }) => [type, detail.role ?? detail.signInName])).to.deep.equal([
      ['person.added', 'мира.петровић'],
      ['role.granted', 'officer'],
      ['role.granted', 'lawyer'],
      ['role.granted', 'auditor'],
      ['role.revoked', 'officer'],
      ['person.closed', undefined],
    ]);
    expect(JSON.stringify(told)).to.not.include('правник');
    const [kept] = (await listPeople(context.catalog, 'default')).filter(({ id }) => id === person.id);
    expect(kept).to.deep.include({ state: 'closed', roles: [] });
    const again = { signInName: 'МИРА.ПЕТРОВИЋ', displayName: 'x', roles: [] };
    expect(await refusalOf(addPerson(context, administrator, again))).to.equal('STATE_CONFLICT');
  });

  it('leaves the last administrator one, and nobody changes themselves', async () => {
    const { context } = archive;
    const only = await addPerson(context, administrator, {
      signInName: 'only',
      displayName: 'Only',
      roles: ['administrator'],
    });
    expect(await refusalOf(changeRoles(context, administrator, only.id, ['officer']))).to.equal('STATE_CONFLICT');
    expect(await refusalOf(closeAccount(context, administrator, only.id))).to.equal('STATE_CONFLICT');
    const self = { ...administrator, person: only.id };
    expect(await refusalOf(changeRoles(context, self, only.id, [...roles]))).to.equal('NOT_AUTHORIZED');
    expect(await refusalOf(closeAccount(context, steward, only.id))).to.equal('NOT_AUTHORIZED');
  });

  it('knows nobody of another institution', async () => {
    const { context } = archive;
    const [someone] = await listPeople(context.catalog, 'default');
    const stranger: Actor = { ...administrator, institution: 'other' };
    expect(await refusalOf(closeAccount(context, stranger, someone?.id ?? ''))).to.equal('PERSON_UNKNOWN');
    expect(await listApiTokens(context, stranger)).to.deep.equal([]);
  });

  it('revokes a token by an entry of the journal', async () => {
    const { context } = archive;
    await issueApiToken(context, 'писарница', 'officer');
    const token = (await listApiTokens(context, administrator)).find(({ actor }) => actor === 'писарница');
    expect(await refusalOf(revokeApiToken(context, steward, token?.id ?? ''))).to.equal('NOT_AUTHORIZED');
    await revokeApiToken(context, administrator, token?.id ?? '');
    expect(await refusalOf(revokeApiToken(context, administrator, token?.id ?? ''))).to.equal('TOKEN_UNKNOWN');
  });

  it('asks a person, and no program, for fresh proof of high assurance', () => {
    const now = new Date('2026-11-25T12:00:00Z');
    const person: Actor = {
      ...administrator,
      person: 'urn:uuid:1',
      assurance: 'high',
      provedAt: '2026-11-25T11:51:00Z',
    };
    requireFreshProof(administrator, now);
    requireFreshProof(person, now);
    const stale: Actor[] = [
      { ...person, provedAt: '2026-11-25T11:49:00Z' },
      { ...person, provedAt: '2026-11-25T12:30:00Z' },
      { ...person, assurance: 'basic' },
      { name: 'x', institution: 'default', roles: ['administrator'], person: 'urn:uuid:1' },
    ];
    for (const actor of stale) expect(() => requireFreshProof(actor, now)).to.throw('Confirm that it is you');
  });
});
