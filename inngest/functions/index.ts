import { refreshBacktestsJob } from "./backtest/refresh-backtests";
import { simulateSeasonsJob } from "./backtest/simulate-seasons";
import { heartbeat } from "./health/heartbeat";
import { deliverMailJob } from "./mail/deliver-mail";
import { findMornings, morningMail } from "./mail/morning-mail";
import { sweepOwedJob } from "./owed/sweep-owed";
import { scoreAthleteJob } from "./readiness/score-athlete";
import { scoreSquadJob } from "./readiness/score-squad";
import { readUploadJob } from "./readings/read-upload";
import { eraseAthletes, retention } from "./retention/retention";
import { checkWebhook } from "./sync/check-webhook";
import { finishRevocationsJob } from "./sync/finish-revocations";
import { reprocessAthleteJob } from "./sync/reprocess-athlete";
import { syncAthleteJob } from "./sync/sync-athlete";
import { syncDue } from "./sync/sync-due";

/** Every job of the product; both engines run this list. */
export const functions = [
  heartbeat,
  sweepOwedJob,
  syncDue,
  checkWebhook,
  syncAthleteJob,
  reprocessAthleteJob,
  scoreAthleteJob,
  scoreSquadJob,
  findMornings,
  morningMail,
  deliverMailJob,
  readUploadJob,
  retention,
  eraseAthletes,
  finishRevocationsJob,
  simulateSeasonsJob,
  refreshBacktestsJob,
];
