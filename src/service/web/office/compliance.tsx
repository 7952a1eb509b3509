import {
  type ComplianceFact,
  complianceFacts,
  type Indicator,
  indicators,
  type LevelCell,
  levelAreas,
  preservationLevels,
} from '../../../archive/administration/index.ts';
import { writeCsv } from '../../../standards/formats/table/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import type { PageView } from '../page-view.ts';
import { sendAttachment } from './form.ts';
import { Downloads, OfficePage, OfficeTable } from './parts.tsx';

/** Where the institution stands: the live checklist, NDSA levels, indicators. */
export const compliancePages: readonly PageRoute[] = [
  { method: 'get', path: '/office/compliance', action: 'office.read', answer: show },
  { method: 'get', path: '/office/compliance/indicators.csv', action: 'office.read', answer: giveIndicators },
];

async function show({ ctx, service, view }: PageRequest): Promise<void> {
  const { context } = service;
  const { t } = view;
  const facts = await complianceFacts(context);
  const cells = await preservationLevels(context, facts, context.scanner !== undefined);
  const found = await indicators(context);
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.compliance')} room="compliance">
      <p class="lead">{t.say('compliance.lead')}</p>
      <p class="notice">{t.say('compliance.notQualified')}</p>
      <OfficeTable
        caption={t.say('office.compliance')}
        columns={[
          t.say('compliance.what'),
          t.say('procedure.state'),
          t.say('compliance.value'),
          t.say('compliance.by'),
        ]}
        rows={facts.map((fact) => [
          told(view, fact),
          <StateBadge key={fact.fact} view={view} state={fact.state} />,
          fact.value && /^\d{4}-\d\d-\d\d$/.test(fact.value) ? t.day(fact.value) : (fact.value ?? ''),
          fact.requirement,
        ])}
      />
      <h2>{t.say('compliance.levels')}</h2>
      <p class="hint">{t.say('compliance.levelsHint')}</p>
      <Levels view={view} cells={cells} />
      <h2>{t.say('compliance.indicators')}</h2>
      <p class="hint">{t.say('compliance.indicatorsHint')}</p>
      <OfficeTable
        caption={t.say('compliance.indicators')}
        columns={[t.say('compliance.what'), t.say('compliance.share'), t.say('compliance.of')]}
        rows={found.map((one) => [
          t.say(`indicator.${one.indicator}`),
          shareOf(one),
          one.indicator === 'daysToCopy' ? String(one.of ?? 0) : `${one.value ?? 0} / ${one.of ?? 0}`,
        ])}
      />
      <Downloads of={[['/office/compliance/indicators.csv', 'CSV']]} />
    </OfficePage>,
  );
}

function told({ t }: PageView, { fact, creator }: ComplianceFact): string {
  return creator ? `${t.say(`fact.${fact}`)} (${creator})` : t.say(`fact.${fact}`);
}

function StateBadge({ view: { t }, state }: { readonly view: PageView; readonly state: ComplianceFact['state'] }) {
  const look = { met: 'good', 'not-met': 'bad', 'own-act': 'open' } as const;
  return <span class={`badge ${look[state]}`}>{t.say(`factstate.${state}`)}</span>;
}

function Levels({ view, cells }: { readonly view: PageView; readonly cells: readonly LevelCell[] }) {
  const { t } = view;
  const levels = [1, 2, 3, 4] as const;
  return (
    <OfficeTable
      caption={t.say('compliance.levels')}
      columns={[t.say('compliance.area'), ...levels.map((level) => t.say('compliance.level', { n: level }))]}
      rows={levelAreas.map((area) => [
        t.say(`area.${area}`),
        ...levels.map((level) => {
          const cell = cells.find((one) => one.area === area && one.level === level);
          return cell ? <StateBadge key={level} view={view} state={cell.state} /> : '';
        }),
      ])}
    />
  );
}

/** A share; of the days that copies took, their number. */
function shareOf({ indicator, value, of }: Indicator): string {
  if (value === undefined || !of) return '–';
  if (indicator === 'daysToCopy') return String(value);
  return `${Math.round((100 * value) / of)} %`;
}

async function giveIndicators({ ctx, service, view: { t } }: PageRequest): Promise<void> {
  const rows = (await indicators(service.context)).map((one) => [
    t.say(`indicator.${one.indicator}`),
    shareOf(one),
    String(one.value ?? ''),
    String(one.of ?? ''),
  ]);
  const heads = [
    t.say('compliance.what'),
    t.say('compliance.share'),
    t.say('compliance.counted'),
    t.say('compliance.of'),
  ];
  sendAttachment(ctx, 'pokazatelji.csv', 'text/csv', writeCsv([heads, ...rows]));
}
