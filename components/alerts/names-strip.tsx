import { useTranslations } from "next-intl";

const HEIGHT = 22;
const STEP = 5;

type NamesStripProps = { namedByMorning: readonly number[]; most: number };

/** A bar for each morning, as high as names in its mail; `most` is the highest bar of all presets. */
export function NamesStrip({ namedByMorning, most }: NamesStripProps) {
  const t = useTranslations("alerts.rows");
  const width = namedByMorning.length * STEP;
  const tallest = Math.max(1, most);
  const label = t("strip", {
    mornings: namedByMorning.length,
    mails: namedByMorning.filter((names) => names > 0).length,
    most: Math.max(0, ...namedByMorning),
  });
  return (
    <svg
      className="block h-6 w-full max-[1101px]:col-[2/4]"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path
        d={`M0 ${HEIGHT - 0.5}H${width}`}
        stroke="var(--line-strong)"
        strokeDasharray="2 2"
        vectorEffect="non-scaling-stroke"
      />
      <path d={barsOf(namedByMorning, tallest)} fill="var(--data)" />
    </svg>
  );
}

function barsOf(namedByMorning: readonly number[], tallest: number): string {
  return namedByMorning
    .flatMap((names, i) => {
      const height = ((HEIGHT - 1) * names) / tallest;
      return names > 0 ? [`M${i * STEP} ${HEIGHT}v${-height}h${STEP - 1.5}v${height}z`] : [];
    })
    .join("");
}
