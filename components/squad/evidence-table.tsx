import { useLocale, useTranslations } from "next-intl";
import { bare, pValue, signed, whole } from "@/components/format/numbers";
import type { Evidence } from "@/lib/readiness/evidence";
import type { RuleId, Truth } from "@/lib/readiness/types";

const RULES = ["R5", "R6", "R1", "R2", "R3", "R4"] as const satisfies readonly RuleId[];

/** Every block of the method: whether it holds, what was measured, and the threshold it was held against. */
export function EvidenceTable({ evidence }: { evidence: Evidence }) {
  const t = useTranslations("squad.why");
  return (
    <table className="evidence">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{t("holds")}</span>
          </th>
          <th scope="col">{t("block")}</th>
          <th scope="col">{t("measured")}</th>
          <th scope="col">{t("threshold")}</th>
        </tr>
      </thead>
      <tbody>
        {RULES.map((rule) => (
          <tr key={rule} className={evidence.rules[rule] ? "holds" : "quiet"}>
            <td>
              <Tick truth={evidence.rules[rule]} />
            </td>
            <th scope="row">
              {t(`rule.${rule}`)} <span className="quiet">{rule}</span>
            </th>
            <td>
              <Measured rule={rule} evidence={evidence} />
            </td>
            <td className="quiet nowrap">
              <Threshold rule={rule} evidence={evidence} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Tick({ truth }: { truth: Truth }) {
  const t = useTranslations("squad.why.truth");
  if (truth) {
    return (
      <>
        <svg
          width="12"
          height="12"
          viewBox="0 0 12 12"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          aria-hidden="true"
        >
          <path d="M2 6.5 4.8 9.2 10 3.2" />
        </svg>
        <span className="unseen">{t("true")}</span>
      </>
    );
  }
  return (
    <>
      <span aria-hidden="true">{truth === null ? "?" : "–"}</span>
      <span className="unseen">{t(truth === null ? "unknown" : "false")}</span>
    </>
  );
}

function Measured({ rule, evidence }: { rule: RuleId; evidence: Evidence }) {
  const t = useTranslations("squad.why");
  const locale = useLocale();
  const { baseline, trend7, load, mean7, rmssdMs, z } = evidence;
  const unknown = t("notKnown");
  if (rule === "R5") {
    if (trend7.slopePerDay === null || trend7.pOneSidedFalling === null)
      return t("nights", { n: trend7.n, source: evidence.source });
    const p = pValue(trend7.pOneSidedFalling, locale);
    if (!baseline.sd) return p;
    return `${signed((trend7.slopePerDay * 6) / baseline.sd, 1, locale)} s, ${p}`;
  }
  if (rule === "R6") {
    if (load.known7 < 7 || load.knownPrev7 < 7)
      return t("loadKnown", { known: load.known7 + load.knownPrev7 });
    if (load.sum7 === null || load.prev7 === null || load.ewma7 === null || load.ewma28 === null)
      return unknown;
    return t("loads", {
      sum: whole(load.sum7),
      before: whole(load.prev7),
      acute: whole(load.ewma7),
      chronic: whole(load.ewma28),
    });
  }
  if (rule === "R1") {
    if (z === null || rmssdMs === null) return unknown;
    return `${whole(rmssdMs)} ms, z ${signed(z, 2, locale)}`;
  }
  if (rule === "R2")
    return z === null ? unknown : t("twoOfThree", { truth: evidence.rules.R2 ? "yes" : "no" });
  if (mean7 === null || baseline.mean === null || !baseline.sd) return unknown;
  return `${whole(Math.exp(mean7))} ms (${signed((mean7 - baseline.mean) / baseline.sd, 2, locale)} s)`;
}

function Threshold({ rule, evidence }: { rule: RuleId; evidence: Evidence }) {
  const t = useTranslations("squad.why");
  const locale = useLocale();
  const { mean, sd } = evidence.baseline;
  if (rule === "R5") return `p < ${bare(0.1, 2, locale)}`;
  if (rule === "R6") return t("bothHigher");
  if (rule === "R2") return t("twoNeeded");
  if (mean === null || sd === null) return "–";
  const factor = rule === "R3" ? 0.5 : 1;
  return t("below", { ms: whole(Math.exp(mean - factor * sd)) });
}
