import { roles } from '../../../archive/administration/index.ts';
import type { Person, SignInEvent } from '../../../archive/data-management/index.ts';
import { Fault, TextField } from '../fields.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface PeopleProps {
  readonly view: PageView;
  readonly people: readonly Person[];
  readonly fault?: string;
}

/** Everyone of the institution, and the form that adds someone. */
export function PeoplePage({ view, people, fault }: PeopleProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('people.title')} part="people">
      <h1>{t.say('people.title')}</h1>
      <Fault text={fault} />
      {people.length === 0 ? <p>{t.say('people.none')}</p> : null}
      <ul class="plain-list">
        {people.map((person) => (
          <li key={person.id} class="card">
            <a class="title" href={`/people/${person.id}`}>
              {person.displayName}
            </a>
            <span class="meta">
              <span>{person.signInName}</span>
              <span>
                {person.state === 'closed'
                  ? t.say('people.closed')
                  : person.roles.map((role) => t.role(role)).join(', ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {view.may('person.change') ? (
        <section aria-labelledby="add-title">
          <h2 id="add-title">{t.say('people.add')}</h2>
          <form method="post" action="/people" class="narrow">
            <TextField id="displayName" label={t.say('people.displayName')} />
            <TextField id="signInName" label={t.say('people.signInName')} hint={t.say('people.signInNameHint')} />
            <RoleChoice view={view} held={[]} />
            <button type="submit" class="primary">
              {t.say('people.add')}
            </button>
          </form>
        </section>
      ) : null}
    </Layout>
  );
}

interface PersonProps {
  readonly view: PageView;
  readonly person: Person;
  readonly events: readonly SignInEvent[];
}

/** One person, what they may do, and how they came in. */
export function PersonPage({ view, person, events }: PersonProps) {
  const { t } = view;
  const mayChange = view.may('person.change') && person.state === 'active' && view.actor?.person !== person.id;
  const address = `/people/${person.id}`;
  return (
    <Layout view={view} title={person.displayName} part="people">
      <h1>{person.displayName}</h1>
      <p>{person.signInName}</p>
      {person.state === 'closed' ? <p class="notice">{t.say('people.closed')}</p> : null}
      {mayChange ? (
        <>
          <form method="post" action={`${address}/roles`} class="narrow">
            <RoleChoice view={view} held={person.roles} />
            <button type="submit" class="primary">
              {t.say('people.setRoles')}
            </button>
          </form>
          <h2>{t.say('people.link')}</h2>
          <p>{t.say('people.linkHint')}</p>
          <form method="post" action={`${address}/link`}>
            <button type="submit">{t.say('people.link')}</button>
          </form>
          <h2>{t.say('people.close')}</h2>
          <p>{t.say('people.closeHint')}</p>
          <form method="post" action={`${address}/close`}>
            <button type="submit">{t.say('people.close')}</button>
          </form>
        </>
      ) : (
        <ul>
          {person.roles.map((role) => (
            <li key={role}>{t.role(role)}</li>
          ))}
        </ul>
      )}
      <h2>{t.say('account.events')}</h2>
      <ul>
        {events.map(({ time, kind, address: from }) => (
          <li key={`${time} ${kind}`}>
            {t.time(time)} – {t.say(`came.${kind}`)} ({from})
          </li>
        ))}
      </ul>
    </Layout>
  );
}

function RoleChoice({ view: { t }, held }: { readonly view: PageView; readonly held: readonly string[] }) {
  return (
    <fieldset>
      <legend>{t.say('people.roles')}</legend>
      {roles.map((role) => (
        <label key={role} class="choice">
          <input type="checkbox" name="role" value={role} checked={held.includes(role)} />
          <span>
            {t.role(role)} <small class="hint">{t.roleExplained(role)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface LinkProps {
  readonly view: PageView;
  readonly person: Person;
  readonly address: string;
  readonly hours: number;
}

/** A link that works once, to be handed to the person. */
export function LinkPage({ view, person, address, hours }: LinkProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('people.link')} part="people">
      <h1>{t.say('people.link')}</h1>
      <p class="lead">{t.say('people.handOver', { name: person.displayName, hours })}</p>
      <p>
        <code class="secret">{address}</code>
      </p>
      <p>
        <a href={`/people/${person.id}`}>{t.say('people.toPerson')}</a>
      </p>
    </Layout>
  );
}
