import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/card";

/** What became of the last thing the operator asked for. */
export function Said({ said }: { said: string }) {
  const t = useTranslations("operate.said");
  if (!said || !t.has(said)) return null;
  return (
    <div className="operate-said">
      <Notice>{t(said)}</Notice>
    </div>
  );
}
