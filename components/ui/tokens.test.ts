import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];
type Theme = 0 | 1;

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const themes = [
  ["light", 0],
  ["dark", 1],
] as const;

/** A token's colour in a theme, following `var(--…)`. */
function token(name: string, theme: Theme): Rgb {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(css)?.[1];
  if (!value) throw new Error(`There is no token --${name}`);
  const alias = /^var\(--(.+)\)$/.exec(value)?.[1];
  if (alias) return token(alias, theme);
  const hex = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(value)?.[theme + 1];
  if (!hex) throw new Error(`--${name} is no pair of colours: ${value}`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
}

const linear = (channel: number) =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

/** WCAG 2.2 contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = (rgb: Rgb) =>
    rgb.map(linear).reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i]!, 0);
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Full-severity matrices of Machado et al. 2009, doi:10.1109/TVCG.2009.113, on linear RGB. */
const deficiencies = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

const clamp = (value: number) => Math.max(0, Math.min(1, value));

function seen(rgb: Rgb, m: readonly number[]): number[] {
  const [r, g, b] = rgb.map(linear) as [number, number, number];
  return [0, 3, 6].map((row) => clamp(m[row]! * r + m[row + 1]! * g + m[row + 2]! * b));
}

/** OKLab of linear RGB (Ottosson 2020), times 100. */
function oklab([r = 0, g = 0, b = 0]: number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    100 * (0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s),
    100 * (1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s),
    100 * (0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s),
  ];
}

const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, i) => value - b[i]!));

describe.each(themes)("the %s theme", (_name, theme) => {
  it.each(["ink", "ink-2", "ink-3"])("has %s readable on page, surface and sub", (ink) => {
    for (const ground of ["page", "surface", "sub", "hover"]) {
      expect(contrast(token(ink, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(["recovery", "flag", "unexplained", "watch", "high"])(
    "has a readable chip and cell for %s",
    (level) => {
      for (const kind of ["chip", "fill"]) {
        const pair = contrast(token(`${kind}-${level}-ink`, theme), token(`${kind}-${level}`, theme));
        expect(pair).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it.each(["steady", "no-verdict"])("has a readable word for %s without a fill", (level) => {
    expect(contrast(token(`chip-${level}-ink`, theme), token("surface", theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["recovery", "flag", "unexplained", "high"])(
    "has a mark of %s that shows on surface and band",
    (level) => {
      for (const ground of ["surface", "band-half"]) {
        expect(contrast(token(`mark-${level}`, theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it("has lines, dots, current load and focus ring that show", () => {
    for (const name of ["data", "dot", "load-current", "focus"]) {
      expect(contrast(token(name, theme), token("surface", theme))).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(token("data", theme), token("band", theme))).toBeGreaterThanOrEqual(3);
    expect(contrast(token("button-ink", theme), token("button", theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.entries(deficiencies))("keeps coloured levels apart under %s", (_deficiency, matrix) => {
    const fills = ["recovery", "flag", "unexplained", "watch", "high"].map((level) =>
      oklab(seen(token(`fill-${level}`, theme), matrix)),
    );
    for (const [i, one] of fills.entries()) {
      for (const other of fills.slice(i + 1)) expect(distance(one, other)).toBeGreaterThanOrEqual(12);
    }
  });
});
