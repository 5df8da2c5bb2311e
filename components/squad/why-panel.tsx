import Link from "next/link";
import { useTranslations } from "next-intl";
import { WhyContext, WhyFindings, type WhyProps } from "./why-body";
import { WhyChart } from "./why-chart";

/** Why an athlete stands where they stand, in place under the row: findings, 21 nights, context. */
export function WhyPanel(props: WhyProps) {
  const t = useTranslations("squad.why");
  const { why } = props;
  return (
    <section className="why" aria-label={t("title", { name: why.name })}>
      <WhyFindings why={why} />
      <div>
        <WhyChart why={why} />
      </div>
      <WhyContext {...props}>
        <Link className="link" href={`/athletes/${why.athleteId}?day=${why.date}`} prefetch={false}>
          {t("open")}
        </Link>
      </WhyContext>
    </section>
  );
}
