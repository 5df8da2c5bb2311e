/** The simulator's time: real, shifted, or standing still. */
export type ClockSetting = { mode: "offset"; offsetMs: number } | { mode: "fixed"; now: string };

export type Clock = {
  now: () => number;
  setting: () => ClockSetting;
  set: (setting: ClockSetting) => void;
  advance: (ms: number) => void;
};

export function createClock(initial: ClockSetting): Clock {
  let setting = initial;
  const now = () => (setting.mode === "fixed" ? Date.parse(setting.now) : Date.now() + setting.offsetMs);
  return {
    now,
    setting: () => setting,
    set: (next) => {
      setting = next;
    },
    advance: (ms) => {
      setting =
        setting.mode === "fixed"
          ? { mode: "fixed", now: new Date(now() + ms).toISOString() }
          : { mode: "offset", offsetMs: setting.offsetMs + ms };
    },
  };
}
