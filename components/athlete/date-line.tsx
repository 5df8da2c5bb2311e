import { useLocale } from "next-intl";
import { civil } from "@/components/format/dates";
import type { CivilDate } from "@/lib/time/civil-date";
import { percentOf, type TimeAxis } from "./axis";

/** The dates below lanes of one axis. */
export function DateLine({ axis, ticks }: { axis: TimeAxis; ticks: readonly CivilDate[] }) {
  const locale = useLocale();
  return (
    <div
      className="relative mt-1.5 ml-10 h-4 text-[0.625rem] text-ink-3 leading-[0.875rem]"
      aria-hidden="true"
    >
      {ticks.map((date) => (
        <span
          key={date}
          className="absolute -translate-x-1/2 whitespace-nowrap"
          style={{ left: percentOf(axis, date) }}
        >
          {civil(date, "day", locale)}
        </span>
      ))}
    </div>
  );
}
