import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from 'koa';
import { ArchiveError } from '../../base/index.ts';

/** A file that pages refer to, kept in memory: there are few and they are small. */
interface Asset {
  readonly content: Buffer;
  readonly type: string;
  readonly address: string;
}

/** Gives the address of a static file by its name. */
export interface Assets {
  address(name: string): string;
  serve(ctx: Context, name: string): void;
  text(name: string): string;
  /** Another one whenever any of them changes. */
  readonly version: string;
}

/** They are no TypeScript, so they stay where they lie when the rest is compiled. */
const folder = fileURLToPath(new URL('../../../src/service/web/assets', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

let loaded: Promise<Assets> | undefined;

/** The static files, read once. */
export function assetsOf(): Promise<Assets> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Assets> {
  const names = (await readdir(folder)).filter((name) => types[extname(name)]);
  const assets = new Map<string, Asset>(
    await Promise.all(names.map(async (name): Promise<[string, Asset]> => [name, await asset(name)])),
  );
  const known = (name: string) => {
    const found = assets.get(name);
    if (!found) throw new Error(`there is no static file ${name}`);
    return found;
  };
  const addresses = [...assets.values()].map(({ address }) => address).sort();
  return {
    address: (name) => known(name).address,
    text: (name) => known(name).content.toString('utf8'),
    version: versionOf(addresses.join('\n')),
    serve: (ctx, name) => {
      const found = assets.get(name);
      if (!found) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is no such file.');
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
      ctx.type = found.type;
      ctx.body = found.content;
    },
  };
}

async function asset(name: string): Promise<Asset> {
  const content = await readFile(join(folder, name));
  return { content, type: types[extname(name)] ?? '', address: `/assets/${name}?v=${versionOf(content)}` };
}

function versionOf(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
