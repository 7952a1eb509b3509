import type { PageView } from '../page-view.ts';
import { type Coverage, type LocationCoverage, percent } from './coverage.ts';

interface ChartProps {
  readonly view: Pick<PageView, 't'>;
  readonly coverage: Coverage;
}

const width = 600;
const row = 44;
const bar = 18;

/** How much of each location was read in time, by thirds of the period; the table beside it says the same in numbers. */
export function CoverageChart({ view: { t }, coverage: { locations, periodDays } }: ChartProps) {
  if (locations.length === 0) return null;
  const third = Math.round(periodDays / 3);
  const parts = [
    t.say('coverage.age', { from: 0, to: third }),
    t.say('coverage.age', { from: third, to: 2 * third }),
    t.say('coverage.age', { from: 2 * third, to: periodDays }),
    t.say('coverage.late'),
  ];
  const said = locations.map((each) => barOf(t, each)).join('; ');
  return (
    <figure class="chart">
      <svg
        viewBox={`0 0 ${width} ${locations.length * row}`}
        role="img"
        aria-label={`${t.say('coverage.chart')}: ${said}`}
      >
        {locations.map((location, index) => (
          <g key={location.location} transform={`translate(0 ${index * row})`}>
            <text x="0" y="14">
              {location.location}
            </text>
            <text x={width} y="14" text-anchor="end">
              {percent(location.inTime, location.copies)}
            </text>
            <Bar location={location} />
          </g>
        ))}
      </svg>
      <figcaption>
        <ul class="legend">
          {parts.map((part, index) => (
            <li key={part}>
              <svg viewBox="0 0 10 10" width="12" height="12" aria-hidden="true">
                <rect class={`age-${index}`} width="10" height="10" />
              </svg>{' '}
              {part}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function barOf(t: PageView['t'], { location, inTime, copies }: LocationCoverage): string {
  return t.say('coverage.bar', { location, share: percent(inTime, copies) });
}

function Bar({ location: { thirds, copies, inTime } }: { readonly location: LocationCoverage }) {
  const parts = [...thirds, copies - inTime];
  let x = 0;
  return (
    <>
      {parts.map((part, index) => {
        const length = copies === 0 ? 0 : (part / copies) * width;
        const from = x;
        x += length;
        return <rect key={index} class={`age-${index}`} x={from} y="20" width={length} height={bar} />;
      })}
    </>
  );
}
