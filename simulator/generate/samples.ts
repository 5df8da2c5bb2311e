import { between, clamp, normal, randomFor, round } from "../random";
import type { Session } from "./session";
import { recordingRateS } from "./session";

/** Polar's numbers for the kinds of samples. */
const sampleTypes = {
  heartRate: 0,
  speed: 1,
  cadence: 2,
  altitude: 3,
  power: 4,
  runningCadence: 8,
  temperature: 9,
  distance: 10,
  rr: 11,
} as const;

export type SampleType = (typeof sampleTypes)[keyof typeof sampleTypes];
/** `rateS` is null for beat-to-beat intervals: their time is the sum of the values. */
export type SampleSeries = { type: SampleType; rateS: number | null; data: string };

function kindsOf(session: Session): SampleType[] {
  const { sport } = session;
  const kinds: SampleType[] = [sampleTypes.heartRate];
  if (sport.speedMps !== undefined) kinds.push(sampleTypes.speed, sampleTypes.distance);
  if (sport.outdoor && sport.speedMps !== undefined)
    kinds.push(sampleTypes.altitude, sampleTypes.temperature);
  if (sport.running) kinds.push(sampleTypes.runningCadence);
  if (sport.cycling) kinds.push(sampleTypes.cadence);
  if (sport.cycling && session.device.features.includes("power")) kinds.push(sampleTypes.power);
  if (session.strap) kinds.push(sampleTypes.rr);
  return kinds.sort((a, b) => a - b);
}

/** Optical heart rate loses contact now and then: a zero, a blank. A strap does not. */
function heartRateText(session: Session, random: () => number): string {
  if (session.strap) return session.heartRate.join(",");
  return session.heartRate.map((bpm) => (random() < 0.002 ? pickGap(random) : bpm)).join(",");
}

function pickGap(random: () => number): string {
  return random() < 0.5 ? "0" : "";
}

function series(session: Session, value: (i: number) => number): string {
  return session.heartRate.map((_, i) => value(i)).join(",");
}

function distances(session: Session): string {
  const step = (session.distanceM ?? 0) / Math.max(1, session.heartRate.length - 1);
  return series(session, (i) => round(i * step, 1));
}

function beats(session: Session, random: () => number): string {
  const intervals: string[] = [];
  let elapsedMs = 0;
  while (elapsedMs < session.durationMs) {
    const bpm = session.heartRate[Math.floor(elapsedMs / 1000 / recordingRateS)] ?? session.average;
    const interval = Math.round((60_000 / bpm) * (1 + 0.015 * normal(random)));
    elapsedMs += interval;
    intervals.push(random() < 0.0005 ? "" : String(interval));
  }
  return intervals.join(",");
}

function dataOf(session: Session, type: SampleType): string {
  const random = randomFor(session.hash, type);
  const speedKmh = ((session.distanceM ?? 0) / (session.durationMs / 1000)) * 3.6;
  const hill = between(random, 8, 40);
  switch (type) {
    case sampleTypes.heartRate:
      return heartRateText(session, random);
    case sampleTypes.speed:
      return series(session, () => round(Math.max(0, speedKmh * (1 + 0.06 * normal(random))), 1));
    case sampleTypes.cadence:
      return series(session, () => Math.round(clamp(86 + 5 * normal(random), 0, 130)));
    case sampleTypes.altitude:
      return series(session, (i) => round(62 + hill * Math.sin(i / 90) ** 2, 1));
    case sampleTypes.power:
      return series(session, (i) =>
        Math.round(clamp(((session.heartRate[i] ?? 120) - 85) * 2.9 + 14 * normal(random), 0, 900)),
      );
    case sampleTypes.runningCadence:
      return series(session, () => Math.round(clamp(84 + 1.6 * normal(random), 60, 110)));
    case sampleTypes.temperature:
      return series(session, (i) => round(17 + 2 * Math.sin(i / 400), 1));
    case sampleTypes.distance:
      return distances(session);
    case sampleTypes.rr:
      return beats(session, random);
  }
}

export function sampleTypesOf(session: Session): SampleType[] {
  return kindsOf(session);
}

export function sampleSeriesOf(session: Session, type: SampleType): SampleSeries {
  return { type, rateS: type === sampleTypes.rr ? null : recordingRateS, data: dataOf(session, type) };
}

export type RoutePoint = { latitude: number; longitude: number; seconds: number };

/** A loop around a lake; empty for sessions without satellites. */
export function routeOf(session: Session): RoutePoint[] {
  if (!hasRoute(session)) return [];
  const random = randomFor(session.hash, "route");
  const [latitude, longitude] = [60.2 + between(random, -0.03, 0.03), 25.1 + between(random, -0.05, 0.05)];
  const radius = clamp((session.distanceM ?? 0) / 2 / Math.PI / 111_000, 0.0005, 0.3);
  const count = session.heartRate.length;
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const wobble = 1 + 0.05 * Math.sin(7 * angle);
    return {
      latitude: round(latitude + radius * wobble * Math.sin(angle), 8),
      longitude: round(longitude + 2 * radius * wobble * Math.cos(angle), 8),
      seconds: i * recordingRateS,
    };
  });
}

export function hasRoute(session: Session): boolean {
  return (
    session.sport.outdoor === true &&
    session.distanceM !== undefined &&
    session.device.features.includes("gps")
  );
}

/** Seconds in each of the five zones, from half of the maximum heart rate upwards in tenths. */
export function zonesOf(session: Session, maximumHr: number) {
  const limits = [0.5, 0.6, 0.7, 0.8, 0.9, 1].map((share) => Math.round(share * maximumHr));
  return [1, 2, 3, 4, 5].map((index) => {
    const [lower, upper] = [limits[index - 1] ?? 0, limits[index] ?? maximumHr];
    const inside = session.heartRate.filter(
      (bpm) => bpm >= lower && (bpm < upper || (index === 5 && bpm >= lower)),
    );
    return { index, lower, upper, seconds: inside.length * recordingRateS };
  });
}
