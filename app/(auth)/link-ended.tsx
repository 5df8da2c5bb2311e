import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/controls";

/** One answer for used, old, withdrawn and forged links. */
export async function LinkEnded({ of }: { of: "coach" | "owner" }) {
  const t = await getTranslations("auth.ended");
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="text-ink-2">{t(of)}</p>
      <p>
        <ButtonLink href="/sign-in">{t("toSignIn")}</ButtonLink>
      </p>
    </>
  );
}
