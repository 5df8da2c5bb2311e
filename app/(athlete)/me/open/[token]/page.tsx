import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { visitorContext } from "@/app/context";
import { OwnMain } from "@/components/athlete-self/own-main";
import { Button } from "@/components/ui/controls";
import { AppError } from "@/lib/errors";
import { viewPageLink } from "@/lib/services/own-page/sign-in";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("me.open"))("title"), robots: { index: false } };
}

export default async function OpenPage({ params }: Props) {
  const { token } = await params;
  if (!(await isOpen(token))) redirect("/me/sign-in?say=page-link-ended");
  const t = await getTranslations("me.open");
  return (
    <OwnMain next={`/me/open/${token}`} home="/">
      <h1>{t("title")}</h1>
      <p className="text-ink-2 pb-4">{t("text")}</p>
      <form action={`/me/open/${token}/use`} method="post">
        <Button kind="primary">{t("button")}</Button>
      </form>
    </OwnMain>
  );
}

async function isOpen(token: string): Promise<boolean> {
  try {
    await viewPageLink({ ctx: await visitorContext(), input: { token } });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "link-ended") return false;
    throw error;
  }
}
