import type { HeartRateSample } from "../generate/continuous-heart-rate";
import { userUrl, type WireContext } from "./context";

export function heartRateObject(date: string, samples: HeartRateSample[], context: WireContext) {
  return {
    polar_user: userUrl(context),
    date,
    heart_rate_samples: samples.map((s) => ({
      heart_rate: s.bpm,
      sample_time: new Date(s.secondOfDay * 1000).toISOString().slice(11, 19),
    })),
  };
}
