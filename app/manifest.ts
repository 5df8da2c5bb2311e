import type { MetadataRoute } from "next";
import { getLocale, getTranslations } from "next-intl/server";

const png = (name: string, size: number, purpose: "any" | "maskable") =>
  ({ src: `/icons/${name}.png`, type: "image/png", sizes: `${size}x${size}`, purpose }) as const;

/** What a phone needs to put Restday on its home screen; the start page leads everybody to their own. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations("shell");
  return {
    id: "/",
    name: t("title"),
    short_name: t("title"),
    description: t("description"),
    lang: await getLocale(),
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#fafaf8",
    theme_color: "#fafaf8",
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any", purpose: "any" },
      png("icon-192", 192, "any"),
      png("icon-512", 512, "any"),
      png("maskable-512", 512, "maskable"),
    ],
  };
}
