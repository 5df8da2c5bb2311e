import type { Night } from "../generate/night";
import { clamp, normal, randomFor, round } from "../random";
import { userUrl, type WireContext } from "./context";
import { wallClock } from "./sleep";

/** The athlete's usual ln RMSSD over the nights before, as far as there are any. */
export type Usual = { mean: number; sd: number; nights: number };

/** Values every five minutes of the four hours that start thirty minutes after falling asleep. */
function samplesOf(night: Night, value: (i: number) => number): Record<string, number> {
  const entries: Record<string, number> = {};
  for (let i = 0; i < 48; i++) {
    const at = night.startMs + (30 + i * 5) * 60_000;
    if (at > night.endMs) break;
    entries[wallClock(night, at)] = value(i);
  }
  return entries;
}

function ansChargeOf(rmssdMs: number, usual: Usual): number {
  if (usual.nights < 3 || usual.sd === 0) return 0;
  return round(clamp((2.4 * (Math.log(rmssdMs) - usual.mean)) / usual.sd, -10, 10), 1);
}

/** Nightly Recharge, or undefined for a night without enough heart rate variability. */
export function rechargeObject(night: Night, usual: Usual, context: WireContext) {
  const { rmssdMs } = night;
  if (rmssdMs === null) return undefined;
  const random = randomFor(context.polarUserId, night.date, "recharge");
  const heartRate = Math.round(night.restingHr + 3);
  const ansCharge = ansChargeOf(rmssdMs, usual);
  const known = usual.nights >= 3;
  const wave = () => Math.max(1, Math.round(rmssdMs * (1 + 0.14 * normal(random))));
  return {
    polar_user: userUrl(context),
    date: night.date,
    heart_rate_avg: heartRate,
    beat_to_beat_avg: Math.round(60_000 / heartRate),
    heart_rate_variability_avg: Math.round(rmssdMs),
    breathing_rate_avg: night.breathing,
    nightly_recharge_status: known ? clamp(Math.round(3.5 + ansCharge / 2.2), 1, 6) : 0,
    ans_charge: ansCharge,
    ans_charge_status: known ? clamp(Math.round(3 + ansCharge / 2.5), 1, 5) : 0,
    hrv_samples: samplesOf(night, wave),
    breathing_samples: samplesOf(night, () => round(night.breathing + 0.5 * normal(random), 1)),
  };
}
