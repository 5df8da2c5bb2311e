import { LEVELS, type Level } from "../readiness/types";
import { SECTIONS, type Section } from "./morning";

type Listed = { section: Section; level: Level; z: number | null; name: string };

/** The order of a squad's list: by section, then by level, then by z from the lowest, then by name. */
export function byAttention(a: Listed, b: Listed): number {
  return (
    bySection(a, b) ||
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    unknownLast(a.z, b.z, "ascending") ||
    byName(a, b)
  );
}

/** Sections in the order of the page. */
export function bySection(a: Pick<Listed, "section">, b: Pick<Listed, "section">): number {
  return SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section);
}

export function byName(a: Pick<Listed, "name">, b: Pick<Listed, "name">): number {
  return a.name.localeCompare(b.name);
}

/** Compares figures that may be unknown: those come last, whichever way the rest is sorted. */
export function unknownLast(a: number | null, b: number | null, order: "ascending" | "descending"): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return order === "ascending" ? a - b : b - a;
}
