const DEVICE = {
  model: "Polar Vantage V3",
  id: "C3AB8535",
  features: ["training-load-pro", "gps"],
};

/** A club for the simulator: athletes with ninety days of nights and five sessions a week, all of the same build. */
export function clubOf(athletes: number) {
  return {
    name: `bench-${athletes}`,
    about: "A club for measuring the first sync.",
    timeZone: "Europe/Helsinki",
    athletes: Array.from({ length: athletes }, (_, at) => memberOf(at)),
  };
}

function memberOf(at: number) {
  const login = `athlete-${at + 1}`;
  return {
    login,
    firstName: "Athlete",
    lastName: String(at + 1),
    email: `${login}@example.org`,
    gender: at % 2 === 0 ? "FEMALE" : "MALE",
    birthdate: "1999-05-01",
    weightKg: 66,
    heightCm: 175,
    restingHr: 48,
    maximumHr: 192,
    vo2max: 55,
    device: DEVICE,
    sports: ["ROAD_RUNNING", "ROAD_BIKING", "STRENGTH_TRAINING"],
    story: "measured",
    source: { kind: "story", rmssdMs: 60 + (at % 20), weekLoads: [70, 0, 95, 60, 0, 120, 40] },
  };
}
