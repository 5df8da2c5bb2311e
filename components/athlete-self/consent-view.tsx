import type { ConsentText } from "@/lib/services/consents/text";
import { Block, Note } from "./block";

/** The consent text as it is recorded, laid out for a phone. */
export function ConsentView({ text }: { text: ConsentText }) {
  return (
    <>
      <h1>{text.title}</h1>
      <p className="text-ink-2 pb-3.5">{text.lead}</p>
      <Block title={text.shared.title}>
        <ul className="grid gap-2">
          {text.shared.items.map((item) => (
            <li key={item.stream} className="grid">
              <span>{item.title}</span>
              <span className="text-[0.8125rem] text-ink-3 leading-[1.125rem]">{item.detail}</span>
              <span className="font-medium text-[0.8125rem] text-ink-2">{item.history}</span>
            </li>
          ))}
        </ul>
        <Note>{text.shared.note}</Note>
      </Block>
      <Block title={text.notShared.title}>
        <ul>
          {text.notShared.items.map((item) => (
            <li
              key={item}
              className="relative pl-[18px] text-ink-2 before:absolute before:top-2.5 before:left-0.5 before:h-[1.5px] before:w-[9px] before:bg-ink-3"
            >
              {item}
            </li>
          ))}
        </ul>
        <Note>{text.notShared.note}</Note>
      </Block>
      {text.sections.map((section) => (
        <Block key={section.title} title={section.title}>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph} className="text-ink-2">
              {paragraph}
            </p>
          ))}
        </Block>
      ))}
    </>
  );
}
