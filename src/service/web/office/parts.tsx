import type { ComponentChildren } from 'preact';
import type { Creator } from '../../../archive/data-management/index.ts';
import { inputOf, Labelled } from '../fields.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

/** The rooms of the office, in the order of the day. */
const rooms = [
  'book',
  'register',
  'categories',
  'retention',
  'holds',
  'disposals',
  'handovers',
  'creators',
  'notes',
  'compliance',
] as const;

export type OfficeRoom = (typeof rooms)[number];

interface OfficeProps {
  readonly view: PageView;
  readonly title: string;
  readonly room?: OfficeRoom;
  readonly refresh?: number;
  readonly children: ComponentChildren;
}

/** The frame of every page of records management: one entry of the main menu, and a short one of its own. */
export function OfficePage({ view, title, room, refresh, children }: OfficeProps) {
  const { t } = view;
  return (
    <Layout view={view} title={title} part="office" {...(refresh ? { refresh } : {})}>
      <nav class="kinds" aria-label={t.say('office.rooms')}>
        <ul>
          {rooms.map((name) => (
            <li key={name}>
              <a href={`/office/${name}`} aria-current={name === room ? 'page' : undefined}>
                {t.say(`office.${name}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h1>{title}</h1>
      {children}
    </Layout>
  );
}

interface FieldProps {
  readonly id: string;
  /** The field's name in the form, when it is not its id. */
  readonly name?: string;
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
}

const controlOf = ({ isOptional = false, ...field }: FieldProps) => ({ ...inputOf(field), required: !isOptional });

/** A day. */
export function DayField({ value, ...field }: FieldProps & { readonly value?: string }) {
  return (
    <Labelled {...field}>
      <input type="date" {...controlOf(field)} value={value} />
    </Labelled>
  );
}

/** A text of several lines. */
export function AreaField(field: FieldProps) {
  return (
    <Labelled {...field}>
      <textarea rows={3} maxLength={1000} {...controlOf(field)} />
    </Labelled>
  );
}

/** A file of a form. */
export function FileField({ accept, ...field }: FieldProps & { readonly accept?: string }) {
  return (
    <Labelled {...field}>
      <input type="file" accept={accept} {...controlOf(field)} />
    </Labelled>
  );
}

/** One of several. */
export function ChoiceField({
  choices,
  value,
  ...field
}: FieldProps & { readonly choices: readonly (readonly [value: string, text: string])[]; readonly value?: string }) {
  return (
    <Labelled {...field}>
      <select {...controlOf(field)}>
        {choices.map(([of, text]) => (
          <option key={of} value={of} selected={of === value}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** Yes or no. */
export function CheckField({
  name,
  label,
  value = 'yes',
}: {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
}) {
  return (
    <label class="choice">
      <input type="checkbox" name={name} value={value} />
      <span>{label}</span>
    </label>
  );
}

/** A form below its heading; folded away until it is wanted, so that pages stay calm. */
export function OfficeForm({
  title,
  action,
  isUpload = false,
  children,
}: {
  readonly title: string;
  readonly action: string;
  readonly isUpload?: boolean;
  readonly children?: ComponentChildren;
}) {
  return (
    <details class="more">
      <summary>{title}</summary>
      <form
        method="post"
        action={action}
        class="narrow"
        {...(isUpload ? { encType: 'multipart/form-data' as const } : {})}
      >
        {children}
        <button type="submit" class="primary">
          {title}
        </button>
      </form>
    </details>
  );
}

/** A table that becomes a list where there is no room. */
export function OfficeTable({
  columns,
  rows,
  caption,
}: {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  readonly caption: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section class="wide" tabIndex={0} aria-label={caption}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={columns[at]} data-label={columns[at]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Facts by their names; those that are not known are left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
    </dl>
  );
}

/** Links that give something away. */
export function Downloads({ of }: { readonly of: readonly (readonly [address: string, text: string])[] }) {
  return (
    <ul class="actions">
      {of.map(([address, text]) => (
        <li key={address}>
          <a class="button" href={address} download>
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Whose book, list or register; nothing to choose where there is one creator. */
export function CreatorChoice({
  view: { t },
  creators,
  chosen,
}: {
  readonly view: PageView;
  readonly creators: readonly Creator[];
  readonly chosen: Creator;
}) {
  if (creators.length < 2) return <p class="lead">{chosen.facts.name}</p>;
  return (
    <form method="get" class="narrow with-button">
      <select name="creator" aria-label={t.say('office.creator')}>
        {creators.map(({ id, facts }) => (
          <option key={id} value={id} selected={id === chosen.id}>
            {facts.name}
          </option>
        ))}
      </select>
      <button type="submit">{t.say('office.show')}</button>
    </form>
  );
}

/** What is said while there is no creator. */
export function NoCreator({ view }: { readonly view: PageView }) {
  const { t } = view;
  return (
    <p class="notice open">
      {t.say('office.noCreator')}{' '}
      {view.may('office.change') ? <a href="/office/creators">{t.say('creator.enter')}</a> : null}
    </p>
  );
}
