import { getTranslations } from "next-intl/server";
import { Button, TextField } from "@/components/ui/controls";

type EmailFormProps = { button: string; next?: string | undefined; problem?: string | undefined };

/** Asks for a sign-in link by mail; `next` is where signing in leads. */
export async function EmailForm({ button, next, problem }: EmailFormProps) {
  const t = await getTranslations("auth");
  return (
    <form action="/sign-in/request" method="post" className="grid gap-3">
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <TextField
        id="email"
        name="email"
        type="email"
        label={t("email")}
        autoComplete="email"
        required
        problem={problem}
      />
      <Button kind="primary">{button}</Button>
    </form>
  );
}
