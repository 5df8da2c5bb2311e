import { refreshBacktestsJob } from "./backtest/refresh-backtests";
import { simulateSeasonsJob } from "./backtest/simulate-seasons";
import { heartbeat } from "./health/heartbeat";
import { deliverMailJob } from "./mail/deliver-mail";
import { findMornings, morningMail } from "./mail/morning-mail";
import { scoreAthleteJob } from "./readiness/score-athlete";
import { scoreDueSquads, scoreSquadJob } from "./readiness/score-squads";
import { readUploadJob } from "./readings/read-upload";
import { retention } from "./retention/retention";
import { checkWebhook } from "./sync/check-webhook";
import { reprocessAthleteJob } from "./sync/reprocess-athlete";
import { syncAthleteJob } from "./sync/sync-athlete";
import { syncDue } from "./sync/sync-due";

/** Every job of the product; both engines run this list. */
export const functions = [
  heartbeat,
  syncDue,
  checkWebhook,
  syncAthleteJob,
  reprocessAthleteJob,
  scoreAthleteJob,
  scoreDueSquads,
  scoreSquadJob,
  findMornings,
  morningMail,
  deliverMailJob,
  readUploadJob,
  retention,
  simulateSeasonsJob,
  refreshBacktestsJob,
];
