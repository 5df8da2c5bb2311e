"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button, Input } from "@/components/ui/controls";

/** An invitation's link, shown once, with a button that copies it. */
export function CopyLink({ link, name }: { link: string; name: string }) {
  const t = useTranslations("squad.invite");
  const id = useId();
  const [copied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      // Without permission the text is selected, ready to be copied by hand.
      () => (document.getElementById(id) as HTMLInputElement | null)?.select(),
    );
  }

  return (
    <div className="flex gap-2">
      <label className="sr-only" htmlFor={id}>
        {t("linkOf", { name })}
      </label>
      <Input id={id} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      <Button type="button" onClick={copy}>
        {copied ? t("copied") : t("copy")}
      </Button>
    </div>
  );
}
