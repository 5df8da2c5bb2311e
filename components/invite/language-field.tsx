import { useTranslations } from "next-intl";
import { SelectField } from "@/components/ui/controls";

/** The languages an athlete may be written to in, and the one that is chosen beforehand. */
export type MailLanguages = { spoken: readonly { code: string; name: string }[]; chosen: string };

/** In which language the invitation is mailed. */
export function LanguageField({ id, languages }: { id: string; languages: MailLanguages }) {
  const t = useTranslations("squad.invite");
  return (
    <SelectField id={id} name="language" label={t("language")} defaultValue={languages.chosen}>
      {languages.spoken.map(({ code, name }) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
