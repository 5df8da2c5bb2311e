import { expect, test } from "vitest";
import { decodeRows, encodeRows } from "./row-code";
import type { RowDisplay } from "./row-display";

const full: RowDisplay = {
  id: "5f0e6c1e-8c7c-4f5e-9a51-3c6b0f6f9d10",
  name: 'Élise "Lissu" <b>O\'Neil</b>',
  state: "day 2, since Thu 26 Nov",
  section: "look",
  level: "recovery",
  word: "Recovery day",
  provisional: true,
  scored: true,
  hrv: "48",
  suspect: "suspect",
  graphic: { z: -1.52, mean7: null },
  z: "−1.5",
  spark: {
    nights: "M M".padStart(60),
    mean7: "N N".padStart(60),
    episodes: [[1, "flag"]],
    hasBand: true,
    count: 2,
    meanMs: 55,
  },
  trend: { text: "↘ −2.8 s", holds: true },
  load: { bars: [35, 47], sum: "890", change: "↗ +34 %", rising: true },
  resting: ["53", "+2"],
  sleep: ["7:30", "0"],
  recharge: { charge: -2.5, ans: "−2.5", sleep: "3 / 5", title: "Polar: OK" },
  received: "06:30",
  coach: { kind: "acknowledge", openedOn: "2026-11-26" },
};

const empty: RowDisplay = {
  id: "9d9d7f0c-2f0b-4d8b-8a39-0d1d2f0f6a11",
  name: "New",
  state: "",
  section: "no-verdict",
  level: "no-verdict",
  word: "No verdict",
  provisional: false,
  scored: false,
  hrv: null,
  suspect: null,
  graphic: null,
  z: null,
  spark: null,
  trend: null,
  load: { bars: null, sum: "0 of 7", change: "", rising: false },
  resting: null,
  sleep: null,
  recharge: null,
  received: "–",
  coach: null,
};

test("rows come back as they were, whatever is missing and however they are called", () => {
  expect(decodeRows(encodeRows([full, empty, full]))).toEqual([full, empty, full]);
  expect(decodeRows(encodeRows([]))).toEqual([]);
});
