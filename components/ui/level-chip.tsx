import { useTranslations } from "next-intl";
import type { BaselineGrade, Level } from "@/lib/readiness/types";
import { Chip } from "./chip";

/** The chip of a level with its word in the page's language. */
export function LevelChip({ level, grade = "firm" }: { level: Level; grade?: BaselineGrade }) {
  const t = useTranslations("shell.level");
  return <Chip level={level} grade={grade} word={t(level)} />;
}
