import type { ComponentProps, ElementType, ReactNode } from "react";

/** Filters and ways above a table. */
export function Toolbar({ children }: { children: ReactNode }) {
  return (
    <div className="mx-(--margin) mt-3 mb-2 flex flex-wrap items-center gap-2 phone:mx-0 phone:mt-2.5 phone:mb-1 phone:px-(--margin) print:hidden">
      {children}
    </div>
  );
}

/** Tools of one kind; on a phone they scroll sideways in a line of their own. */
export function ToolGroup({ as: Tag = "div", ...rest }: ComponentProps<"div"> & { as?: ElementType }) {
  return (
    <Tag
      className="flex flex-wrap items-center gap-2 phone:mx-[calc(-1*var(--margin))] phone:max-w-[100vw] phone:flex-[1_1_100%] phone:flex-nowrap phone:overflow-x-auto phone:px-(--margin) phone:py-0.5 phone:*:flex-none phone:[scrollbar-width:none]"
      {...rest}
    />
  );
}

/** What the marks below mean, away from the tools before it. */
export function ToolKey({ children }: { children: ReactNode }) {
  return (
    <>
      <span className="flex-1 phone:hidden" />
      <span className="flex items-center gap-4 text-[0.6875rem] text-ink-3 phone:hidden [&_svg]:mr-[5px] [&_svg]:inline-block [&_svg]:align-[-2px]">
        {children}
      </span>
    </>
  );
}
