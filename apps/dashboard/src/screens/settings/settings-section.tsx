import { useMediaQuery } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

import "./settings-section.css";

interface Props {
  title: string;
  /** What is set now, in a few words. */
  now?: string;
  children: ReactNode;
}

/** A part of the settings: on a phone a line with what is set now, which opens; else open always. */
export function SettingsSection({ title, now, children }: Props) {
  const isNarrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="settings-section"
      open={!isNarrow || isOpen}
      onToggle={({ currentTarget }) => isNarrow && setOpen(currentTarget.open)}
    >
      <summary>
        <span className="settings-title">{title}</span>
        <span className="settings-now">
          <bdi>{now}</bdi>
        </span>
        <IconChevronRight size={18} className="along-line" aria-hidden />
      </summary>
      {children}
    </details>
  );
}
