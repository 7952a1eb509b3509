import type { Speaker } from '../../messages/index.ts';

const kinds = [
  ['signatures', '/check'],
  ['packages', '/packages'],
] as const;

/** What is checked. */
export type KindOfCheck = (typeof kinds)[number][0];

interface KindsProps {
  readonly t: Speaker;
  readonly kind: KindOfCheck;
}

/** What can be checked without being handed over. */
export function CheckKinds({ t, kind }: KindsProps) {
  return (
    <nav class="kinds" aria-label={t.say('check.kinds')}>
      <ul>
        {kinds.map(([name, address]) => (
          <li key={name}>
            <a href={address} aria-current={name === kind ? 'page' : undefined}>
              {t.say(`check.${name}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
