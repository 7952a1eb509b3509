import { qrCode } from '../../../archive/access/index.ts';

/** A QR code as an image in the page itself. */
export function Qr({ text }: { readonly text: string }) {
  const { size, runs } = qrCode(text);
  const path = runs.map(({ row, column, length }) => `M${column} ${row}h${length}v1h-${length}z`).join('');
  return (
    <svg
      class="qr"
      viewBox={`-2 -2 ${size + 4} ${size + 4}`}
      width="130"
      height="130"
      role="img"
      aria-label={`QR: ${text}`}
    >
      <rect x="-2" y="-2" width={size + 4} height={size + 4} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
