import { Body, Container, Head, Heading, Html, Link, Preview, Section, Text } from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";

const family = "Inter, Arial, sans-serif";

/** The light tokens as inline styles: mail clients read nothing else. Dark twins stand in `rules`, by class. */
export const mailStyles = {
  page: { margin: 0, padding: "24px 12px", backgroundColor: "#FAFAF8", fontFamily: family },
  card: {
    maxWidth: "600px",
    backgroundColor: "#FFFFFF",
    border: "1px solid #E5E5E0",
    borderRadius: "8px",
    padding: "24px 28px 20px",
  },
  eyebrow: { margin: 0, fontSize: "13px", lineHeight: "18px", fontWeight: 500, color: "#666D77" },
  heading: {
    margin: 0,
    padding: "4px 0 16px",
    fontSize: "22px",
    lineHeight: "28px",
    fontWeight: 600,
    letterSpacing: "-.01em",
    color: "#17191C",
  },
  paragraph: { margin: "0 0 12px", fontSize: "15px", lineHeight: "22px", color: "#454B54" },
  small: { margin: "0 0 8px", fontSize: "12px", lineHeight: "18px", color: "#666D77" },
  rule: { borderTop: "1px solid #E5E5E0", paddingTop: "14px", marginTop: "16px" },
  button: {
    display: "inline-block",
    backgroundColor: "#17191C",
    color: "#FFFFFF",
    textDecoration: "none",
    fontSize: "15px",
    lineHeight: "20px",
    fontWeight: 500,
    padding: "10px 18px",
    borderRadius: "8px",
  },
} satisfies Record<string, CSSProperties>;

const rules = `@media (prefers-color-scheme: dark) {
.m-page,.m-page>table>tbody>tr>td{background-color:#101214!important}.m-card{background-color:#16191C!important;border-color:#272B30!important}
.m-ink,.m-ink a{color:#ECEDEE!important}.m-ink2{color:#B4BAC2!important}.m-ink3,.m-ink3 a{color:#8D949E!important}
.m-rule{border-color:#272B30!important}.m-button{background-color:#ECEDEE!important;color:#101214!important}}
@media (max-width: 480px) {.m-page>table>tbody>tr>td{padding:12px 8px!important}.m-card{padding:16px 16px 12px!important}}`;

/** The layout of every mail: a card on the page, an eyebrow, a title, the body, and a foot in small print. */
export function MailFrame(props: {
  lang: string;
  /** What inboxes show beside the subject: never a name or a health value. */
  preview: string;
  eyebrow?: string;
  title: string;
  /** Rules for classes of one template, beside the common ones. */
  extraCss?: string;
  foot?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Html lang={props.lang}>
      <Head>
        <title>{props.title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{rules + (props.extraCss ?? "")}</style>
      </Head>
      <Preview>{props.preview}</Preview>
      <Body className="m-page" style={mailStyles.page}>
        <Container className="m-card" style={mailStyles.card}>
          {props.eyebrow ? (
            <Text className="m-ink3" style={mailStyles.eyebrow}>
              {props.eyebrow}
            </Text>
          ) : null}
          <Heading as="h1" className="m-ink" style={mailStyles.heading}>
            {props.title}
          </Heading>
          {props.children}
          {props.foot ? (
            <Section className="m-rule m-ink3" style={mailStyles.rule}>
              {props.foot}
            </Section>
          ) : null}
        </Container>
      </Body>
    </Html>
  );
}

/** One paragraph of body text. */
export function MailParagraph(props: { children: ReactNode }) {
  return (
    <Text className="m-ink2" style={mailStyles.paragraph}>
      {props.children}
    </Text>
  );
}

/** One line of small print. */
export function MailSmall(props: { children: ReactNode }) {
  return (
    <Text className="m-ink3" style={mailStyles.small}>
      {props.children}
    </Text>
  );
}

/** The one action of a mail. */
export function MailButton(props: { href: string; children: ReactNode }) {
  return (
    <Section style={{ padding: "4px 0 12px" }}>
      <Link className="m-button" href={props.href} style={mailStyles.button}>
        {props.children}
      </Link>
    </Section>
  );
}
