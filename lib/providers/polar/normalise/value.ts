import { isPlausible, type Quantity } from "@/lib/wearables/plausible";
import type { Rejected } from "@/lib/wearables/types";

type Maybe = number | null | undefined;

/** The door that every number passes on its way in: what is absent becomes null, what cannot be true is noted in `rejected`. */
export type Door = {
  rejected: Rejected[];
  /** A measured amount of which nothing is a real value; Polar writes -1 where it has none. */
  fromZero: (quantity: Quantity, value: Maybe, path: string) => number | null;
  /** A measured amount that is never nothing: Polar writes 0 and -1 where it has no value. */
  aboveZero: (quantity: Quantity, value: Maybe, path: string) => number | null;
  /** A value that may be negative and for which nothing stands in. */
  signed: (quantity: Quantity, value: Maybe, path: string) => number | null;
  /** A step of a scale: a small whole number, kept as it is though its meaning may be unknown; 0 and -1 are none. */
  code: (value: Maybe, path: string) => number | null;
};

const LARGEST_CODE = 1000;

/** Opens the door of one payload. @param rejected what is refused already; more is added to it */
export function openDoor(rejected: Rejected[]): Door {
  const refuse = (path: string): null => {
    rejected.push({ path, reason: "out-of-range" });
    return null;
  };
  const signed: Door["signed"] = (quantity, value, path) => {
    if (value === null || value === undefined) return null;
    return isPlausible(quantity, value) ? value : refuse(path);
  };
  return {
    rejected,
    signed,
    fromZero: (quantity, value, path) => (value === -1 ? null : signed(quantity, value, path)),
    aboveZero: (quantity, value, path) =>
      value === -1 || value === 0 ? null : signed(quantity, value, path),
    code(value, path) {
      if (value === null || value === undefined || value === 0 || value === -1) return null;
      return Number.isInteger(value) && value > 0 && value <= LARGEST_CODE ? value : refuse(path);
    },
  };
}

/** Rounds what is kept as a whole number. */
export function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/** Text, or null for absent and blank. */
export function text(value: string | null | undefined): string | null {
  return value?.trim() ? value : null;
}
