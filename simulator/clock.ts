import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";

const settingSchema = z.union([
  z.strictObject({ mode: z.literal("offset"), offsetMs: z.number() }),
  z.strictObject({ mode: z.literal("fixed"), now: z.string() }),
]);

/** The simulator's time: real, shifted, or standing still. */
export type ClockSetting = z.infer<typeof settingSchema>;

export type Clock = {
  now: () => number;
  setting: () => ClockSetting;
  set: (setting: ClockSetting) => void;
  advance: (ms: number) => void;
};

/** Where a clock's setting is kept: here, or in a file that others read and write too. */
type Place = { read: () => ClockSetting; write: (setting: ClockSetting) => void };

function inMemory(initial: ClockSetting): Place {
  let setting = initial;
  return {
    read: () => setting,
    write: (next) => {
      setting = next;
    },
  };
}

function inFile(file: string, initial: ClockSetting): Place {
  const write = (setting: ClockSetting) => {
    writeFileSync(`${file}.tmp`, JSON.stringify(setting));
    renameSync(`${file}.tmp`, file);
  };
  if (!existsSync(file)) write(initial);
  return { read: () => settingSchema.parse(JSON.parse(readFileSync(file, "utf8"))), write };
}

/** @param file moves this clock together with every other that reads the file; what it says already stands */
export function createClock(initial: ClockSetting, file?: string): Clock {
  const place = file ? inFile(file, initial) : inMemory(initial);
  const now = () => {
    const setting = place.read();
    return setting.mode === "fixed" ? Date.parse(setting.now) : Date.now() + setting.offsetMs;
  };
  return {
    now,
    setting: place.read,
    set: place.write,
    advance: (ms) => {
      const setting = place.read();
      place.write(
        setting.mode === "fixed"
          ? { mode: "fixed", now: new Date(now() + ms).toISOString() }
          : { mode: "offset", offsetMs: setting.offsetMs + ms },
      );
    },
  };
}
