import type { EarkFinding, EarkValidation } from '../../../standards/packages/index.ts';
import { Badge } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { ReportLink } from './report-link.tsx';

interface ValidationProps {
  readonly view: PageView;
  readonly validation: EarkValidation;
}

const levels = ['MUST', 'SHOULD', 'MAY'] as const;
const tones = { MUST: 'bad', SHOULD: 'open', MAY: 'quiet' } as const;
const mostPlaces = 20;

/** What was found in a package, by level and requirement. */
export function PackageVerdictPage({ view, validation }: ValidationProps) {
  const { t } = view;
  const title = t.say(validation.valid ? 'package.valid' : 'package.notValid');
  return (
    <Layout view={view} title={title} part="check">
      <h1>{title}</h1>
      <p class="lead-row">
        {levels.map((level) => (
          <LevelBadge key={level} view={view} level={level} findings={validation.findings} />
        ))}
      </p>
      <p class="muted">
        {`${t.say('package.judgedBy', { specification: validation.specification })} · ${t.count('requirements', validation.checked.length)}`}
      </p>
      {validation.findings.length === 0 ? <p class="notice good">{t.say('package.clean')}</p> : null}
      {levels.map((level) => (
        <LevelFindings key={level} view={view} level={level} findings={validation.findings} />
      ))}
      <p class="actions">
        <a class="button" href="/packages">
          {t.say('package.another')}
        </a>
        <ReportLink name="package-validation.json" report={validation}>
          {t.say('package.download')}
        </ReportLink>
      </p>
    </Layout>
  );
}

interface LevelProps {
  readonly view: PageView;
  readonly level: EarkFinding['level'];
  readonly findings: readonly EarkFinding[];
}

function LevelBadge({ view: { t }, level, findings }: LevelProps) {
  const count = new Set(findings.filter((finding) => finding.level === level).map(({ id }) => id)).size;
  return (
    <>
      <Badge tone={count === 0 ? 'good' : tones[level]}>{`${t.say(`package.${level}`)}: ${count}`}</Badge>{' '}
    </>
  );
}

function LevelFindings({ view, level, findings }: LevelProps) {
  const byRequirement = new Map<string, EarkFinding[]>();
  for (const finding of findings.filter((one) => one.level === level)) {
    const list = byRequirement.get(finding.id);
    if (list) list.push(finding);
    else byRequirement.set(finding.id, [finding]);
  }
  if (byRequirement.size === 0) return null;
  return (
    <>
      <h2>{view.t.say(`package.${level}.title`)}</h2>
      <ul class="cards">
        {[...byRequirement].map(([id, places]) => (
          <Requirement key={id} view={view} id={id} findings={places} />
        ))}
      </ul>
    </>
  );
}

interface RequirementProps {
  readonly view: PageView;
  readonly id: string;
  readonly findings: readonly EarkFinding[];
}

/** The sentence of a finding is in the language of the specification, English. */
function Requirement({ view: { t }, id, findings }: RequirementProps) {
  const shown = findings.slice(0, mostPlaces);
  return (
    <li class="card">
      <span class="title">{`${id} – ${t.requirement(findings[0]?.requirement ?? '')}`}</span>
      <ul class="places">
        {shown.map(({ place, message }) => (
          <li key={`${place}${message}`}>
            <span lang="en">{message}</span>
            <code class="digest">{place || t.say('package.root')}</code>
          </li>
        ))}
      </ul>
      {findings.length > shown.length ? (
        <span class="muted">{t.say('package.more', { n: t.number(findings.length - shown.length) })}</span>
      ) : null}
    </li>
  );
}
