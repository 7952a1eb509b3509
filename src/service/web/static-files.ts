import type { PageRoute } from './page-route.ts';

/** Style, scripts and the mark: the only addresses that may be kept by browsers. */
export const staticFiles: readonly PageRoute[] = [
  {
    method: 'get',
    path: '/assets/:file',
    answer: ({ ctx, view, params }) => view.assets.serve(ctx, params.file ?? ''),
  },
  {
    method: 'get',
    path: '/favicon.ico',
    answer: ({ ctx, view }) => view.assets.serve(ctx, 'mark.svg'),
  },
];
