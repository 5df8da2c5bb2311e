import type { SVGProps } from "react";

type Look = "hair" | "line" | "strong" | "dashes" | "dots" | "small-dots" | "large-dots";

const LOOKS = {
  hair: {},
  line: { strokeWidth: 1.5, strokeLinejoin: "round" },
  strong: { strokeWidth: 2, strokeLinejoin: "round" },
  dashes: { strokeWidth: 1.5, strokeLinejoin: "round", strokeDasharray: "4 3" },
  dots: { strokeWidth: 4.6, strokeLinecap: "round" },
  "small-dots": { strokeWidth: 3, strokeLinecap: "round", opacity: 0.7 },
  "large-dots": { strokeWidth: 9, strokeLinecap: "round" },
} satisfies Record<Look, SVGProps<SVGPathElement>>;

type StrokeProps = { d: string; look: Look; stroke: string };

/** A line, or a dot for each of its points, as thick as its look says however the drawing is stretched. */
export function Stroke({ d, look, stroke }: StrokeProps) {
  return <path d={d} fill="none" stroke={stroke} vectorEffect="non-scaling-stroke" {...LOOKS[look]} />;
}
