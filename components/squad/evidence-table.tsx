import { useLocale, useTranslations } from "next-intl";
import { bare, pValue, signed, wholeBeside } from "@/components/format/numbers";
import { decimalsBeside, inSd } from "@/lib/number-text";
import type { Evidence } from "@/lib/readiness/evidence";
import type { Guards, RuleId, Truth } from "@/lib/readiness/types";
import styles from "./why.module.css";

type Block = RuleId | Exclude<keyof Guards, "belowUsual">;

const BLOCKS = [
  "R5",
  "R6",
  "R1",
  "R2",
  "R3",
  "R4",
  "lowThreeDays",
  "R7",
  "settledLower",
  "aboveUsual",
] as const satisfies readonly Block[];
const OF_DRIFT: readonly Block[] = ["R7", "settledLower"];

function truthOf(block: Block, { rules, guards }: Evidence): Truth {
  return block in rules ? rules[block as RuleId] : guards[block as keyof Guards];
}

/** Every block of the method: whether it holds, what was measured, and the threshold it was held against. */
export function EvidenceTable({ evidence }: { evidence: Evidence }) {
  const t = useTranslations("squad.why");
  return (
    <table className={styles.evidence}>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t("holds")}</span>
          </th>
          <th scope="col">{t("block")}</th>
          <th scope="col">{t("measured")}</th>
          <th scope="col">{t("threshold")}</th>
        </tr>
      </thead>
      <tbody>
        {BLOCKS.filter((block) => evidence.driftRule || !OF_DRIFT.includes(block)).map((block) => (
          <tr key={block} data-holds={truthOf(block, evidence) === true} className="text-ink-3">
            <td>
              <Tick truth={truthOf(block, evidence)} />
            </td>
            <th scope="row">
              {t(`rule.${block}`)}{" "}
              {block in evidence.rules ? <span className="text-ink-3">{block}</span> : null}
            </th>
            <td>
              <Measured block={block} evidence={evidence} />
            </td>
            <td className="text-ink-3">
              <Threshold block={block} evidence={evidence} />
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
        <span className="sr-only">{t("true")}</span>
      </>
    );
  }
  return (
    <>
      <span aria-hidden="true">{truth === null ? "?" : "–"}</span>
      <span className="sr-only">{t(truth === null ? "unknown" : "false")}</span>
    </>
  );
}

function Measured({ block, evidence }: { block: Block; evidence: Evidence }) {
  const t = useTranslations("squad.why");
  const locale = useLocale();
  const { baseline, trend7, load, mean7, z } = evidence;
  const unknown = t("notKnown");
  if (block === "R5") {
    if (trend7.slopePerDay === null || trend7.pOneSidedFalling === null)
      return t("nights", { n: trend7.n, source: evidence.source });
    const p = pValue(trend7.pOneSidedFalling, locale);
    if (!baseline.sd) return p;
    return `${inSd((trend7.slopePerDay * 6) / baseline.sd, locale)} s, ${p}`;
  }
  if (block === "R6") {
    if (load.known7 < 7 || load.knownPrev7 < 7)
      return t("loadKnown", { known: load.known7 + load.knownPrev7 });
    if (load.sum7 === null || load.prev7 === null || load.ewma7 === null || load.ewma28 === null)
      return unknown;
    const { sum7, prev7, ewma7, ewma28, changePercent: change } = load;
    const digits = decimalsBeside(change ?? 0, [evidence.loadRisePercent]);
    return t("loads", {
      sum: wholeBeside(sum7, [prev7], locale),
      before: wholeBeside(prev7, [sum7], locale),
      known: change === null ? "no" : "yes",
      change: change === null ? "" : `${signed(change, digits, locale)} %`,
      acute: wholeBeside(ewma7, [ewma28], locale),
      chronic: wholeBeside(ewma28, [ewma7], locale),
    });
  }
  if (block === "R1")
    return z === null ? unknown : `${measuredText(block, evidence, locale)} ms, z ${inSd(z, locale)}`;
  if (block === "R2")
    return z === null ? unknown : t("twoOfThree", { truth: evidence.rules.R2 ? "yes" : "no" });
  if (block === "lowThreeDays" || block === "settledLower")
    return t("threeDays", { truth: truthOf(block, evidence) ? "yes" : "no" });
  if (block === "R7") return <Fortnight evidence={evidence} />;
  if (mean7 === null || baseline.mean === null || !baseline.sd) return unknown;
  return `${measuredText(block, evidence, locale)} ms (${inSd((mean7 - baseline.mean) / baseline.sd, locale)} s)`;
}

function Fortnight({ evidence }: { evidence: Evidence }) {
  const { mean14, reference } = evidence;
  const t = useTranslations("squad.why");
  const locale = useLocale();
  if (reference.mean === null || reference.sd === null) return t("referenceShort", { n: reference.n });
  if (mean14 === null) return t("fortnightShort");
  const change = reference.sd > 0 ? inSd((mean14 - reference.mean) / reference.sd, locale) : null;
  return t("fortnight", { ms: measuredText("R7", evidence, locale), change: change ?? "–" });
}

/** What a block looks at, and the limit it holds that against, both in ms; null where either is unknown. */
function heldAgainst(block: Block, evidence: Evidence): { ms: number | null; limit: number | null } {
  const { baseline, reference, mean7, mean14, rmssdMs } = evidence;
  if (block === "R7") return { ms: msOf(mean14), limit: limitOf(reference, -1) };
  if (block === "R1") return { ms: rmssdMs, limit: limitOf(baseline, -1) };
  if (block === "aboveUsual") return { ms: msOf(mean7), limit: limitOf(baseline, 1) };
  return { ms: msOf(mean7), limit: limitOf(baseline, block === "R3" ? -0.5 : -1) };
}

const msOf = (x: number | null) => (x === null ? null : Math.exp(x));

function limitOf({ mean, sd }: { mean: number | null; sd: number | null }, factor: number): number | null {
  return mean === null || sd === null ? null : Math.exp(mean + factor * sd);
}

function measuredText(block: Block, evidence: Evidence, locale: string): string {
  const { ms, limit } = heldAgainst(block, evidence);
  return ms === null ? "–" : wholeBeside(ms, limit === null ? [] : [limit], locale);
}

function Threshold({ block, evidence }: { block: Block; evidence: Evidence }) {
  const t = useTranslations("squad.why");
  const locale = useLocale();
  if (block === "R5") return `p < ${bare(0.1, 2, locale)}`;
  if (block === "R6") return t("bothHigher", { percent: evidence.loadRisePercent });
  if (block === "R2") return t("twoNeeded");
  if (block === "lowThreeDays") return t("threeNeeded", { rule: "R4" });
  if (block === "settledLower") return t("threeNeeded", { rule: "R7" });
  const { ms, limit } = heldAgainst(block, evidence);
  if (limit === null) return "–";
  const text = wholeBeside(limit, ms === null ? [] : [ms], locale);
  return t(block === "aboveUsual" ? "above" : "below", { ms: text });
}
