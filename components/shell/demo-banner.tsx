import { useTranslations } from "next-intl";

/** Says on every page that the data are invented; with the ways to the simulator and the mailbox. */
export function DemoBanner({ mailboxUrl, simulatorUrl }: { mailboxUrl: string; simulatorUrl: string }) {
  const t = useTranslations("shell.demo");
  return (
    <aside
      className="border-line border-b bg-sub px-(--margin) py-[5px] text-cell text-ink-2 print:hidden"
      aria-label={t("label")}
    >
      {t.rich("text", {
        mailbox: (words) => (
          <a className="link" href={mailboxUrl}>
            {words}
          </a>
        ),
        simulator: (words) => (
          <a className="link" href={simulatorUrl}>
            {words}
          </a>
        ),
      })}
    </aside>
  );
}
