import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Button } from "@/components/ui/controls";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.invite.declined"))("title"), robots: { index: false } };
}

export default async function DeclinedPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations("me.invite.declined");
  return (
    <OwnMain next={`/invite/${token}/declined`} home="/">
      <h1>{t("title")}</h1>
      <p className="text-ink-2 pb-4">{t("text")}</p>
      <form action={`/invite/${token}/reopen`} method="post">
        <Button>{t("undo")}</Button>
      </form>
    </OwnMain>
  );
}
