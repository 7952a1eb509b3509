#!/usr/bin/env node
import { migrate, openCatalog } from './archive/data-management/index.ts';
import { readAnchors } from './archive/trust-services/index.ts';
import { readConfig, readDemoConfig } from './config.ts';
import { catalogFile, openArchive } from './open-archive.ts';
import { backUp, rebuildFrom } from './restore.ts';
import { runCommand, terminalOutput } from './service/cli/index.ts';

/** The composition root: reads the environment once, and hands every part what it needs. */
const args = process.argv.slice(2);
const clock = () => new Date();
const out = terminalOutput(process.stdout, process.stderr, Date.now);

process.exitCode = await runCommand(args, {
  clock,
  out,
  configuredAnchors: async () => readAnchors(readConfig(process.env).trustFolder),
  openArchive: () => openArchive(readConfig(process.env), clock),
  rebuild: (from, onProgress) => rebuildFrom(readConfig(process.env), clock, from, onProgress),
  backup: (to) => backUp(readConfig(process.env), clock, to),
  migrate: async () => {
    const catalog = await openCatalog(catalogFile(readConfig(process.env)));
    try {
      return await migrate(catalog);
    } finally {
      await catalog.destroy();
    }
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
