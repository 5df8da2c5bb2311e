import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { DemoBanner } from "@/components/shell/demo-banner";
import { Offline } from "@/components/shell/offline";
import { ButtonAnchor } from "@/components/ui/controls";
import { LevelGlyphSprite } from "@/components/ui/level-glyph";
import { env } from "@/lib/env";
import packageJson from "@/package.json" with { type: "json" };
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return {
    title: { default: t("title"), template: `%s · ${t("title")}` },
    description: t("description"),
    appleWebApp: { capable: true, title: t("title"), statusBarStyle: "default" },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafaf8" },
    { media: "(prefers-color-scheme: dark)", color: "#101214" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get("theme")?.value;
  const t = await getTranslations("shell");
  const errors = await getTranslations("errors");
  const { APP_URL: address } = env();
  const locale = await getLocale();
  const offline = new URLSearchParams({ locale, theme: theme ?? "system", version: packageJson.version });
  return (
    <html lang={locale} data-theme={theme === "light" || theme === "dark" ? theme : undefined}>
      <body
        // A word longer than its line, as letters grow, does not push the page aside.
        className="wrap-break-word"
        data-failed-title={errors("failed.title")}
        data-failed-text={errors("failed.text")}
        data-failed-request={errors("failed.request", { id: "#" })}
        data-failed-again={errors("failed.again")}
        data-address={address}
        data-failed-elsewhere={errors("elsewhere", { address })}
      >
        <ButtonAnchor className="absolute -top-15 left-2 z-30 focus:top-2" href="#content">
          {t("skip")}
        </ButtonAnchor>
        <LevelGlyphSprite />
        <Demonstration />
        <Offline
          words={{ lost: t("offline.lost", { time: "#" }), unsent: t("offline.unsent") }}
          worker={`/offline-worker.js?${offline}`}
        />
        {children}
      </body>
    </html>
  );
}

function Demonstration() {
  const { mode, MAILBOX_PORT, SIMULATOR_PORT } = env();
  if (mode === "real") return null;
  return (
    <DemoBanner
      mailboxUrl={`http://localhost:${MAILBOX_PORT}`}
      simulatorUrl={`http://localhost:${SIMULATOR_PORT}`}
    />
  );
}
