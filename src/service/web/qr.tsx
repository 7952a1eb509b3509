import { qrCode } from '../../archive/access/index.ts';

interface QrProps {
  readonly text: string;
  /** For who cannot see it; the text itself when left out. */
  readonly label?: string;
}

const quietZone = 4;

/** A QR code as an image in the page itself: dark on light whatever the scheme, with its quiet zone (ISO/IEC 18004 9.1). */
export function Qr({ text, label = `QR: ${text}` }: QrProps) {
  const { size, runs } = qrCode(text);
  const path = runs.map(({ row, column, length }) => `M${column} ${row}h${length}v1h-${length}z`).join('');
  const whole = size + 2 * quietZone;
  return (
    <svg
      class="qr"
      viewBox={`-${quietZone} -${quietZone} ${whole} ${whole}`}
      width="130"
      height="130"
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect x={-quietZone} y={-quietZone} width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
