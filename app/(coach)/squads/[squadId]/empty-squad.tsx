import { getTranslations } from "next-intl/server";
import { Sub } from "@/components/ui/blocks";
import type { Context } from "@/lib/context";
import { InviteBox } from "./invite-box";

/** A squad without athletes: how to invite them, and what to expect by day. */
export async function EmptySquad({ ctx, squadId }: { ctx: Context; squadId: string }) {
  const t = await getTranslations("squad.invite");
  return (
    <div className="mx-auto mt-10 grid max-w-[1040px] grid-cols-[minmax(0,1fr)_minmax(0,380px)] gap-10 px-(--margin) phone:mt-4 phone:grid-cols-1 phone:gap-6">
      <div className="grid content-start gap-4">
        <div>
          <h1>{t("first")}</h1>
          <p className="mt-1 max-w-[62ch] text-ink-2">{t("lead")}</p>
        </div>
        <InviteBox ctx={ctx} squadId={squadId} room="page" />
      </div>
      <aside aria-label={t("expect.title")}>
        <h2 className="pb-2">{t("expect.title")}</h2>
        <ol>
          {(["history", "provisional", "firm", "sessions"] as const).map((step, i) => (
            <li key={step} className="grid grid-cols-[26px_1fr] gap-2.5 border-line border-t py-3">
              <i className="font-semibold text-ink-3 not-italic" aria-hidden="true">
                {i + 1}
              </i>
              <span>
                <b className="font-medium">{t(`expect.${step}.text`)}</b>
                <Sub>{t(`expect.${step}.when`)}</Sub>
              </span>
            </li>
          ))}
        </ol>
        <p className="text-ink-3 pt-3">{t("expect.note")}</p>
      </aside>
    </div>
  );
}
