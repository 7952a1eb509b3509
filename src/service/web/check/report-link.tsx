import type { ComponentChildren } from 'preact';

interface ReportLinkProps {
  readonly name: string;
  readonly report: unknown;
  readonly children: ComponentChildren;
}

/** A link may carry this much of itself in every browser. */
const largest = 512 << 10;

/** A link that carries the report itself, for nothing of it is kept; left out when it is too long for one. */
export function ReportLink({ name, report, children }: ReportLinkProps) {
  const encoded = Buffer.from(JSON.stringify(report, null, 2)).toString('base64');
  if (encoded.length > largest) return null;
  return (
    <a download={name} href={`data:application/json;base64,${encoded}`}>
      {children}
    </a>
  );
}
