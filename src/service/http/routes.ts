import { accessRuleRoutes } from './access-rules/route.ts';
import { accessRuleSchemas } from './access-rules/schema.ts';
import { archiveBookRoutes } from './archive-book/route.ts';
import { archiveBookSchemas } from './archive-book/schema.ts';
import { auditRoutes } from './audits/route.ts';
import { auditSchemas } from './audits/schema.ts';
import { categoryRoutes } from './categories/route.ts';
import { categorySchemas } from './categories/schema.ts';
import { preparedCopyRoutes } from './certified-copies/prepared-route.ts';
import { certifiedCopyRoutes } from './certified-copies/route.ts';
import { certifiedCopySchemas } from './certified-copies/schema.ts';
import { complianceRoutes, complianceSchemas } from './compliance/route.ts';
import { copyRoutes } from './copies/route.ts';
import { copySchemas } from './copies/schema.ts';
import { creatorRoutes } from './creators/route.ts';
import { creatorSchemas } from './creators/schema.ts';
import { dipRoutes } from './dips/route.ts';
import { dipSchemas } from './dips/schema.ts';
import { disposalRoutes } from './disposals/route.ts';
import { disposalSchemas } from './disposals/schema.ts';
import { drillRoutes } from './drills/route.ts';
import { drillSchemas } from './drills/schema.ts';
import { eventRoutes } from './events/route.ts';
import { eventSchemas } from './events/schema.ts';
import { evidenceRoutes } from './evidence/route.ts';
import { evidenceSchemas } from './evidence/schema.ts';
import { fidelityRoutes } from './fidelity-statements/route.ts';
import { fidelitySchemas } from './fidelity-statements/schema.ts';
import { fileRoutes } from './files/route.ts';
import { handOverRoutes } from './handovers/route.ts';
import { handOverSchemas } from './handovers/schema.ts';
import { holdRoutes } from './holds/route.ts';
import { holdSchemas } from './holds/schema.ts';
import { jobRoutes } from './jobs/route.ts';
import { jobSchemas } from './jobs/schema.ts';
import { journalRoutes } from './journal/route.ts';
import { journalSchemas } from './journal/schema.ts';
import { locationRoutes } from './locations/route.ts';
import { locationSchemas } from './locations/schema.ts';
import { packageValidationRoutes } from './package-validations/route.ts';
import { packageValidationSchemas } from './package-validations/schema.ts';
import { profileRoutes } from './profiles/route.ts';
import { profileSchemas } from './profiles/schema.ts';
import { ingestReportSchemas } from './records/ingest-reports.ts';
import { recordRoutes } from './records/route.ts';
import { recordSchemas } from './records/schema.ts';
import { registerRoutes } from './register/route.ts';
import { registerSchemas } from './register/schema.ts';
import { retentionRoutes } from './retention/route.ts';
import { retentionSchemas } from './retention/schema.ts';
import type { Route } from './route.ts';
import { problemSchema, type Schema } from './schemas.ts';
import { tokenRoutes } from './tokens/route.ts';
import { tokenSchemas } from './tokens/schema.ts';
import { validationRoutes } from './validations/route.ts';
import { validationSchemas } from './validations/schema.ts';
import { versionRoutes } from './versions/route.ts';
import { versionSchemas } from './versions/schema.ts';

/** Every operation of the API. */
export const routes: readonly Route[] = [
  ...recordRoutes,
  ...fileRoutes,
  ...versionRoutes,
  ...dipRoutes,
  ...eventRoutes,
  ...copyRoutes,
  ...accessRuleRoutes,
  ...certifiedCopyRoutes,
  ...preparedCopyRoutes,
  ...evidenceRoutes,
  ...auditRoutes,
  ...drillRoutes,
  ...jobRoutes,
  ...locationRoutes,
  ...packageValidationRoutes,
  ...validationRoutes,
  ...profileRoutes,
  ...fidelityRoutes,
  ...creatorRoutes,
  ...complianceRoutes,
  ...categoryRoutes,
  ...retentionRoutes,
  ...holdRoutes,
  ...disposalRoutes,
  ...handOverRoutes,
  ...archiveBookRoutes,
  ...registerRoutes,
  ...journalRoutes,
  ...tokenRoutes,
];

/** Every schema that answers refer to by name. */
export const answerSchemas: Readonly<Record<string, Schema>> = {
  ...recordSchemas,
  ...ingestReportSchemas,
  ...versionSchemas,
  ...dipSchemas,
  ...eventSchemas,
  ...copySchemas,
  ...accessRuleSchemas,
  ...certifiedCopySchemas,
  ...evidenceSchemas,
  ...auditSchemas,
  ...drillSchemas,
  ...jobSchemas,
  ...locationSchemas,
  ...packageValidationSchemas,
  ...validationSchemas,
  ...profileSchemas,
  ...fidelitySchemas,
  ...creatorSchemas,
  ...complianceSchemas,
  ...categorySchemas,
  ...retentionSchemas,
  ...holdSchemas,
  ...disposalSchemas,
  ...handOverSchemas,
  ...archiveBookSchemas,
  ...registerSchemas,
  ...journalSchemas,
  ...tokenSchemas,
  Problem: problemSchema,
};
