import { hash32, pick, randomFor } from "./random";
import type { Athlete, Story } from "./scenario";
import type { Sim } from "./simulator";

/** Two beginnings for a person who signs up: nothing to see, or a drop beside rising load. */
const stories: Record<"steady" | "flagged", Pick<Story, "recentZ" | "loadFactors">> = {
  steady: {
    recentZ: [0.1, -0.2, 0.3, 0.2, -0.1, 0.2, 0.1, 0.3],
    loadFactors: [
      { daysAgo: 14, factor: 1 },
      { daysAgo: 7, factor: 0.85 },
    ],
  },
  flagged: {
    recentZ: [0.3, -0.2, -0.7, -0.5, 0.1, 0.5, 0.6, 0.9, -1.7],
    loadFactors: [
      { daysAgo: 14, factor: 0.8 },
      { daysAgo: 7, factor: 1.65 },
    ],
  },
};

function nameOf(form: URLSearchParams, key: string, fallback: string): string {
  return (form.get(key) ?? "").trim().slice(0, 60) || fallback;
}

function freeLogin(sim: Sim, first: string, last: string): string {
  const plain =
    `${first}-${last}`
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "athlete";
  let login = plain;
  for (let n = 2; sim.accountOf(login); n++) login = `${plain}-${n}`;
  return login;
}

/** Create a Polar account with ninety days behind it; returns its login. */
export function signUp(sim: Sim, form: URLSearchParams): string {
  const firstName = nameOf(form, "first_name", "New");
  const lastName = nameOf(form, "last_name", "Athlete");
  const login = freeLogin(sim, firstName, lastName);
  const random = randomFor("sign-up", login);
  const story = form.get("story") === "flagged" ? "flagged" : "steady";
  const athlete: Athlete = {
    login,
    firstName,
    lastName,
    email: `${login}@example.org`,
    gender: pick(random, ["FEMALE", "MALE"] as const),
    birthdate: `${1988 + Math.floor(random() * 16)}-0${1 + Math.floor(random() * 9)}-14`,
    weightKg: 58 + Math.round(random() * 25),
    heightCm: 162 + Math.round(random() * 28),
    restingHr: 46 + Math.round(random() * 12),
    maximumHr: 184 + Math.round(random() * 14),
    vo2max: 46 + Math.round(random() * 16),
    device: {
      model: "Polar Vantage M3",
      id: hash32(login).toString(16).toUpperCase().padStart(8, "0"),
      features: ["training-load-pro", "gps", "temperature"],
    },
    sports: ["RUNNING", "STRENGTH_TRAINING"],
    story: story === "flagged" ? "signed up: a drop beside rising load" : "signed up: steady",
    source: {
      kind: "story",
      historyDays: 90,
      rmssdMs: 45 + Math.round(random() * 40),
      sd: 0.12,
      weekLoads: [75, 50, 95, 70, 45, 105, 60],
      missingDaysAgo: [],
      missingShare: 0.04,
      ...stories[story],
    },
  };
  sim.state.signUps.push({ athlete, createdAt: sim.clock.now() });
  sim.touch();
  return login;
}
