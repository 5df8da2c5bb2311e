import type { ElementType, ReactNode } from "react";

type ToolsProps = { className?: string; children: ReactNode };

/** The row above a table: what it shows, what its marks mean, and what can be done with it. */
export function Tools({ className = "", children }: ToolsProps) {
  return (
    <div
      className={`mx-(--margin) mt-3 mb-2 flex flex-wrap items-center gap-2 phone:mt-2.5 phone:mb-1 ${className}`}
    >
      {children}
    </div>
  );
}

type ToolGroupProps = { as: ElementType; "aria-label"?: string; children: ReactNode };

/** Choices side by side; on a phone one line that is scrolled. */
export function ToolGroup({ as: Tag, ...rest }: ToolGroupProps) {
  return (
    <Tag
      className="flex flex-wrap items-center gap-2 phone:-mx-(--margin) phone:max-w-screen phone:flex-[1_1_100%] phone:flex-nowrap phone:overflow-x-auto phone:px-(--margin) phone:py-0.5 phone:[scrollbar-width:none] phone:[&>:is(a,button)]:flex-none"
      {...rest}
    />
  );
}

/** Room between what stands left and right, and what marks mean. */
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
