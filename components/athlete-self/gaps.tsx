import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import type { Gap } from "@/lib/services/own-page/sharing";
import { Steps } from "./block";

/** What of a pause does not come any more, by kind of data; `would` while it still runs. */
export function Gaps({ gaps, tense }: { gaps: readonly Gap[]; tense: "would" | "did" }) {
  const t = useTranslations("me.pause");
  const lines = useTranslations("consent.streams");
  const locale = useLocale();
  if (gaps.length === 0) return <p className="text-ink-2 pb-2">{t(`noGap.${tense}`)}</p>;
  return (
    <>
      <p className="text-ink-2 pb-2">{t(`gap.${tense}`)}</p>
      <Steps>
        {gaps.map(({ line, from, to }) => (
          <li key={line}>
            {lines(`${line}.title`)}:{" "}
            {from === to
              ? civil(from, "day", locale)
              : `${civil(from, "day", locale)} – ${civil(to, "day", locale)}`}
          </li>
        ))}
      </Steps>
    </>
  );
}
