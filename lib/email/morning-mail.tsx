import { Column, Link, Row, Section, Text } from "@react-email/components";
import type { CSSProperties } from "react";
import type { MailedLevel } from "@/lib/readiness/types";
import { MailButton, MailFrame, MailParagraph, MailSmall, mailStyles } from "./frame";

export type MorningMailContent = {
  lang: string;
  preview: string;
  eyebrow: string;
  title: string;
  /** When and on how many nights it was decided. */
  decided: string;
  athletes: {
    name: string;
    href: string;
    level: MailedLevel;
    word: string;
    sentence: string;
    small: string;
  }[];
  open: { href: string; label: string };
  also: { label: string; text: string };
  chance: string;
  fewer: { href: string; label: string };
  credit: string;
  stop: { href: string; label: string };
  settings: { href: string; label: string };
  policy: string;
};

const chipColours = {
  recovery: { light: ["#9E1F16", "#FFFFFF"], dark: ["#FF9F90", "#2A0500"] },
  flag: { light: ["#FCE6D0", "#7A3600"], dark: ["#3D2410", "#FFB877"] },
  unexplained: { light: ["#F0E4F6", "#5F2A80"], dark: ["#33213F", "#D9B3F2"] },
} satisfies Record<MailedLevel, Record<"light" | "dark", [background: string, text: string]>>;

const darkChips = Object.entries(chipColours)
  .map(
    ([level, { dark }]) => `.lv-${level}{background-color:${dark[0]}!important;color:${dark[1]}!important}`,
  )
  .join("");

const styles = {
  decided: { margin: 0, padding: "0 0 14px", fontSize: "13px", lineHeight: "19px", color: "#666D77" },
  athlete: { borderTop: "1px solid #E5E5E0", padding: "16px 0" },
  name: { fontSize: "17px", lineHeight: "22px", fontWeight: 600, color: "#17191C", textDecoration: "none" },
  chip: {
    display: "inline-block",
    padding: "2px 9px",
    borderRadius: "5px",
    fontSize: "13px",
    lineHeight: "20px",
    fontWeight: 600,
  },
  sentence: { margin: 0, paddingTop: "6px", fontSize: "15px", lineHeight: "22px", color: "#454B54" },
  small: { margin: 0, paddingTop: "6px", fontSize: "13px", lineHeight: "19px", color: "#666D77" },
  footLink: { color: "#666D77", textDecoration: "underline" },
} satisfies Record<string, CSSProperties>;

/** A squad's readiness mail: who to look at and why, what else there is, and what chance alone would bring. */
export function MorningMail({ content }: { content: MorningMailContent }) {
  const { chance, fewer, credit, stop, settings, policy } = content;
  return (
    <MailFrame
      lang={content.lang}
      preview={content.preview}
      eyebrow={content.eyebrow}
      title={content.title}
      extraCss={`@media (prefers-color-scheme: dark) {${darkChips}}`}
      foot={
        <>
          <MailSmall>
            {chance} <FootLink {...fewer} />.
          </MailSmall>
          <MailSmall>{credit}</MailSmall>
          <MailSmall>
            <FootLink {...stop} /> · <FootLink {...settings} /> · {policy}
          </MailSmall>
        </>
      }
    >
      <Text className="m-ink3" style={styles.decided}>
        {content.decided}
      </Text>
      {content.athletes.map((athlete) => (
        <Athlete key={athlete.href} athlete={athlete} />
      ))}
      <Section className="m-rule" style={{ ...mailStyles.rule, marginTop: 0 }}>
        <MailButton href={content.open.href}>{content.open.label}</MailButton>
        {content.also.text ? (
          <MailParagraph>
            <b className="m-ink" style={{ color: "#17191C", fontWeight: 600 }}>
              {content.also.label}
            </b>{" "}
            {content.also.text}
          </MailParagraph>
        ) : null}
      </Section>
    </MailFrame>
  );
}

function Athlete({ athlete }: { athlete: MorningMailContent["athletes"][number] }) {
  const [background, text] = chipColours[athlete.level].light;
  return (
    <Section className="m-rule" style={styles.athlete}>
      <Row>
        <Column>
          <Link className="m-ink" href={athlete.href} style={styles.name}>
            {athlete.name}
          </Link>
        </Column>
        <Column align="right">
          <span
            className={`lv-${athlete.level}`}
            style={{ ...styles.chip, backgroundColor: background, color: text }}
          >
            {athlete.word}
          </span>
        </Column>
      </Row>
      <Text className="m-ink2" style={styles.sentence}>
        {athlete.sentence}
      </Text>
      {athlete.small ? (
        <Text className="m-ink3" style={styles.small}>
          {athlete.small}
        </Text>
      ) : null}
    </Section>
  );
}

function FootLink({ href, label }: { href: string; label: string }) {
  return (
    <Link className="m-ink3" href={href} style={styles.footLink}>
      {label}
    </Link>
  );
}
