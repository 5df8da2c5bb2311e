import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/blocks";

const good = new Set([
  "saved",
  "check-mail",
  "signed-out",
  "deleted",
  "deleted-soon",
  "stopped",
  "paused",
  "agreed",
  "refused",
  "reconnected",
  "address-changed",
  "address-kept",
]);
const bad = new Set([
  "denied",
  "denied-again",
  "denied-sign-in",
  "taken",
  "provider-busy",
  "provider-failed",
  "address-outdated",
  "start-again",
  "link-ended",
  "page-link-ended",
  "unknown",
  "sign-in-first",
  "sign-in-again",
  "changed",
  "choose",
  "empty",
  "too-late",
  "not-sharing",
]);

/** What just happened, from the address of the page; unknown words say nothing. */
export function Say({ what }: { what: string | undefined }) {
  const t = useTranslations("me.say");
  if (what === undefined || !(good.has(what) || bad.has(what))) return null;
  return (
    <div className="pt-4">
      <Notice role={bad.has(what) ? "alert" : "status"}>{t(what)}</Notice>
    </div>
  );
}
