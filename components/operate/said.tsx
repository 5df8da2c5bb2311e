import { useTranslations } from "next-intl";
import { wordFor } from "@/components/format/word";
import { Notice } from "@/components/ui/blocks";

/** What became of the last thing the operator asked for. */
export function Said({ said }: { said: string }) {
  const t = useTranslations("operate.said");
  const word = wordFor(t, said);
  if (!word) return null;
  return (
    <div className="px-(--margin) pt-3">
      <Notice>{word}</Notice>
    </div>
  );
}
