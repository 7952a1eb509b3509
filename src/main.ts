#!/usr/bin/env node
import { mkdir } from 'node:fs/promises';
import { readConfig, readDemoConfig, trustedListSettings } from './config.ts';
import { runCommand, terminalOutput } from './service/cli/index.ts';

/**
 * The composition root: reads the environment once, and hands every part what it needs. Parts are loaded when they are
 * needed: a verb that works without an archive starts in a third of the time.
 */
const args = process.argv.slice(2);
const clock = () => new Date();
const out = terminalOutput(process.stdout, process.stderr, Date.now);

process.exitCode = await runCommand(args, {
  clock,
  out,
  configuredAnchors: async () =>
    (await import('./archive/trust-services/index.ts')).readAnchors(readConfig(process.env).trustFolder),
  trustedLists: async (instead, { offline }) => {
    const { loadTrustedLists } = await import('./archive/trust-services/index.ts');
    const settings = trustedListSettings(process.env, instead);
    if (!settings) return undefined;
    const { lists, refused } = await loadTrustedLists({ ...settings, online: settings.online && !offline }, clock);
    for (const { source, refusal } of refused) out.message(`The trusted list “${source}” is not used: ${refusal}.`);
    return lists;
  },
  shippedSignatures: async () => (await import('./shipped-signatures.ts')).readShippedSignatures(),
  materialSource: async () =>
    readConfig(process.env).online
      ? (await import('./archive/trust-services/index.ts')).onlineMaterial(clock)
      : undefined,
  askPage: async (url) => (await import('./archive/trust-services/index.ts')).askPage(url),
  openArchive: async () => (await import('./open-archive.ts')).openArchive(readConfig(process.env), clock),
  rebuild: async (from, onProgress) =>
    (await import('./restore.ts')).rebuildFrom(readConfig(process.env), clock, from, onProgress),
  backup: async (to) => (await import('./restore.ts')).backUp(readConfig(process.env), clock, to),
  migrate: async () => {
    const { migrate } = await import('./archive/data-management/index.ts');
    const { catalogPlace } = await import('./shipped.ts');
    const config = readConfig(process.env);
    await mkdir(config.dataFolder, { recursive: true });
    return migrate(catalogPlace(config));
  },
  serve: async ({ demo }) => {
    const { serve } = await import('./serve.ts');
    if (!demo) return serve(readConfig(process.env), clock, out, {});
    const { runDemo } = await import('./demo/index.ts');
    const config = readDemoConfig(process.env);
    return serve(config, clock, out, { prepare: (archive) => runDemo(archive, config, clock, out) });
  },
  work: async () => {
    const { work } = await import('./serve.ts');
    return work(readConfig(process.env), clock, out);
  },
});
