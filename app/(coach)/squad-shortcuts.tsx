import { getTranslations } from "next-intl/server";
import { Shortcuts } from "@/components/shell/shortcuts";

const KEYS = ["/", "j k", "o", "w", "a", "1–7", "g m", "g h", "?"] as const;
const NAMES = ["find", "step", "open", "why", "acknowledge", "level", "morning", "heatmap", "list"] as const;

type Props = { squadId: string; neighbours?: { before: string | null; after: string | null } };

/** The keyboard shortcuts of a squad's pages, with their list behind `?`. */
export async function SquadShortcuts({ squadId, neighbours }: Props) {
  const t = await getTranslations("shell.shortcuts");
  const hrefOf = (id: string | null | undefined) => (id ? `/athletes/${id}` : null);
  return (
    <Shortcuts
      squadId={squadId}
      before={hrefOf(neighbours?.before)}
      after={hrefOf(neighbours?.after)}
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
