import { getTranslations } from "next-intl/server";
import { Shortcuts } from "@/components/shell/shortcuts";

const KEYS = ["/", "j k", "o", "w", "a", "1–7", "g m", "g h", "?"] as const;
const NAMES = ["find", "step", "open", "why", "acknowledge", "level", "morning", "heatmap", "list"] as const;

/** The keyboard shortcuts of a squad's pages, with their list behind `?`. */
export async function SquadShortcuts({ squadId }: { squadId: string }) {
  const t = await getTranslations("shell.shortcuts");
  return (
    <Shortcuts
      squadId={squadId}
      words={{
        title: t("title"),
        close: t("close"),
        off: t("off"),
        on: t("on"),
        list: KEYS.map((keys, i) => [keys, t(NAMES[i]!)] as const),
      }}
    />
  );
}
