import { type Clock, createClock } from "./clock";
import { createFaults, type Faults } from "./faults";
import { createHistory, type History } from "./history/history";
import { defaultKnobs, type Knobs, mergeKnobs } from "./knobs";
import type { HistoryMode, SimulatorOptions } from "./options";
import { hash32 } from "./random";
import { createRateLimiter, type RateLimiter } from "./rate-limit";
import { type Athlete, readScenario, type Scenario } from "./scenario";
import { addedOf, freshState, readState, type State, writeState } from "./state";
import { createTracking, type Tracking } from "./tracking";
import type { WireContext } from "./wire/context";

export type Account = { athlete: Athlete; polarUserId: number; startedAt: number };
type Client = { id: string; secret: string; redirectUris: string[] };

/** The running simulator: what every route works on. */
export type Sim = {
  scenario: Scenario;
  timeZone: string;
  mode: HistoryMode;
  client: Client;
  clock: Clock;
  state: State;
  faults: Faults;
  tracking: Tracking;
  rate: RateLimiter;
  publicUrl: string;
  accounts: () => Account[];
  accountOf: (login: string) => Account | undefined;
  historyOf: (login: string) => History;
  wire: (login: string) => WireContext;
  changeKnobs: (change: unknown) => Knobs;
  /** To be called by whatever changes the state; it is written before the answer leaves. */
  touch: () => void;
  persist: () => void;
  reset: () => void;
};

export function polarUserIdOf(login: string): number {
  return 10_000_000 + (hash32(login) % 80_000_000);
}

function initialState(options: SimulatorOptions, scenario: Scenario): State {
  const clockSetting = options.fixedNow
    ? ({ mode: "fixed", now: options.fixedNow } as const)
    : ({ mode: "offset", offsetMs: 0 } as const);
  const state = freshState(scenario.name, clockSetting, createClock(clockSetting, options.clockFile).now());
  state.knobs = mergeKnobs(defaultKnobs, options.knobs ?? {});
  return state;
}

/** An earlier run's state, with what the options say about the clock and the knobs put before its own. */
function resumedState(options: SimulatorOptions, earlier: State): State {
  const clock = options.fixedNow ? ({ mode: "fixed", now: options.fixedNow } as const) : earlier.clock;
  return { ...earlier, clock, knobs: mergeKnobs({ ...defaultKnobs, ...earlier.knobs }, options.knobs ?? {}) };
}

/** Build the simulator, from its scenario or from where an earlier run with the same state file ended. */
export function createSim(options: SimulatorOptions): Sim {
  const scenario =
    typeof options.scenario === "object" ? options.scenario : readScenario(options.scenario ?? "demo");
  const earlier = options.statePath ? readState(options.statePath, scenario.name) : undefined;
  const timeZone = options.timeZone ?? scenario.timeZone;
  let state = earlier ? resumedState(options, earlier) : initialState(options, scenario);
  let dirty = true;
  let histories = new Map<string, History>();
  let known = new Map<string, Account>();
  const clock = createClock(state.clock, options.clockFile);
  const tracking = createTracking();
  const rate = createRateLimiter(clock);

  /** By login; made anew when somebody has signed up. */
  const accounts = (): Map<string, Account> => {
    if (known.size === scenario.athletes.length + state.signUps.length) return known;
    const told = scenario.athletes.map((athlete) => ({ athlete, startedAt: state.startedAt }));
    const joined = state.signUps.map(({ athlete, createdAt }) => ({ athlete, startedAt: createdAt }));
    known = new Map(
      [...told, ...joined].map((a) => [
        a.athlete.login,
        { ...a, polarUserId: polarUserIdOf(a.athlete.login) },
      ]),
    );
    return known;
  };

  const sim: Sim = {
    scenario,
    timeZone,
    mode: options.history ?? "90",
    client: {
      id: options.clientId ?? "demo-client",
      secret: options.clientSecret ?? "demo-secret",
      redirectUris: options.redirectUris ?? [],
    },
    clock,
    get state() {
      return state;
    },
    faults: createFaults(),
    tracking,
    rate,
    publicUrl: options.publicUrl ?? "",
    accounts: () => [...accounts().values()],
    accountOf: (login) => accounts().get(login),
    historyOf: (login) => {
      const made = histories.get(login);
      if (made) return made;
      const account = sim.accountOf(login);
      if (!account) throw new Error(`no such athlete: ${login}`);
      const created = createHistory(
        { athlete: account.athlete, startedAt: account.startedAt, timeZone },
        () => addedOf(state, login),
      );
      histories.set(login, created);
      return created;
    },
    wire: (login) => ({ publicUrl: sim.publicUrl, knobs: state.knobs, polarUserId: polarUserIdOf(login) }),
    changeKnobs: (change) => {
      state.knobs = mergeKnobs(state.knobs, change);
      sim.touch();
      return state.knobs;
    },
    touch: () => {
      dirty = true;
    },
    persist: () => {
      if (!dirty || !options.statePath) return;
      state.clock = clock.setting();
      writeState(options.statePath, state);
      dirty = false;
    },
    reset: () => {
      const webhooks = state.webhooks;
      state = { ...initialState(options, scenario), webhooks };
      histories = new Map();
      known = new Map();
      clock.set(state.clock);
      tracking.reset();
      tracking.resetRequests();
      rate.reset();
      sim.touch();
    },
  };
  return sim;
}
