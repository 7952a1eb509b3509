import { Badge } from '../badges.tsx';
import type { PageView } from '../page-view.ts';
import type { Cell, ShownTable } from './shown-table.ts';

interface DataTableProps {
  readonly view: Pick<PageView, 't'>;
  readonly table: ShownTable;
  /** Where its documents are. */
  readonly base: string;
}

/** A table with its heading, as a list of facts where there is no room, and its documents below. */
export function DataTable({ view: { t }, table, base }: DataTableProps) {
  const id = `table-${table.name}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{table.title}</h2>
      {table.rows.length === 0 ? (
        <p class="muted">{t.say('table.empty')}</p>
      ) : (
        <div class="wide">
          <table aria-labelledby={id}>
            <thead>
              <tr>
                {table.columns.map((column, index) => (
                  <th key={column} scope="col" class={table.rows[0]?.[index]?.isNumber ? 'number-cell' : undefined}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, index) => (
                <tr key={`${index}-${row[0]?.text}`}>
                  {row.map((cell, column) => (
                    <DataCell
                      key={table.columns[column]}
                      cell={cell}
                      label={table.columns[column] ?? ''}
                      isFirst={column === 0}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="downloads">
        {(['csv', 'pdf'] as const).map((form) => (
          <a
            key={form}
            href={`${base}/${table.name}.${form}`}
            download
            aria-label={t.say('table.take', { title: table.title, form: form.toUpperCase() })}
          >
            {form.toUpperCase()}
          </a>
        ))}
      </p>
    </section>
  );
}

/** A day and a time are not broken within. */
const isMoment = ({ raw = '' }: Cell) => /^\d{4}-\d\d-\d\dT/.test(raw);

function DataCell({
  cell,
  label,
  isFirst,
}: {
  readonly cell: Cell;
  readonly label: string;
  readonly isFirst: boolean;
}) {
  const content = cell.tone ? <Badge tone={cell.tone}>{cell.text}</Badge> : cell.text;
  const text = cell.href ? <a href={cell.href}>{content}</a> : content;
  const shown = isMoment(cell) ? <span class="moment">{text}</span> : text;
  if (isFirst) return <th scope="row">{shown}</th>;
  return (
    <td data-label={label} class={cell.isNumber ? 'number-cell' : undefined}>
      <span>{shown}</span>
    </td>
  );
}
