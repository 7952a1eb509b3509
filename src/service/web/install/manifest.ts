import type { Speaker } from '../../messages/index.ts';
import type { Assets } from '../assets.ts';

/** The colours of a window's frame: of the top of the page in `style.css`. */
export const frameColours = { light: '#ffffff', dark: '#1c2325' } as const;

/** Where a phone sends what is shared with the archive. */
export const sharePath = '/share';

/**
 * What a phone must know to install the archive and to share documents with it (W3C Web Application Manifest; Web Share
 * Target, which is level 2 of the former).
 */
export function manifestFor(t: Speaker, assets: Assets): object {
  const icon = (name: string, size: number, purpose: string) => ({
    src: assets.address(name),
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  return {
    id: '/',
    name: t.say('install.name'),
    short_name: t.say('product'),
    description: t.say('upload.lead'),
    lang: t.language,
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: frameColours.light,
    theme_color: frameColours.light,
    icons: [
      icon('icon-192.png', 192, 'any'),
      icon('icon-512.png', 512, 'any'),
      icon('icon-maskable-512.png', 512, 'maskable'),
      { src: assets.address('mark.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ],
    shortcuts: [
      { name: t.say('nav.upload'), url: '/' },
      { name: t.say('nav.find'), url: '/find' },
    ],
    share_target: {
      action: sharePath,
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'file', accept: ['*/*'] }] },
    },
  };
}
