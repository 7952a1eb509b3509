import { leaseJob, openCatalog } from '../../../../src/archive/data-management/index.ts';

// Takes a job, says which, and holds it until it is killed.
const now = new Date(process.env.NOW ?? '');
const catalog = await openCatalog(process.argv[2] ?? '');
const job = await leaseJob(catalog, () => now, 'killed');
process.stdout.write(`${job?.id}\n`);
setInterval(() => {}, 1000);
