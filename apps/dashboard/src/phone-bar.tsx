import { ActionIcon, Box, Button, Popover, Stack } from "@mantine/core";
import { IconMenu2 } from "@tabler/icons-react";
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";

import "./phone-bar.css";
import { t } from "./language/translate.ts";
import type { Place } from "./places.ts";

/** The bar at the lower edge of a phone, in reach of its thumb: the screens of the night, and the stop. */
export function PhoneBar({ places, stop }: { places: readonly Place[]; stop: ReactNode }) {
  const [location] = useLocation();
  const bar = useRef<HTMLElement>(null);
  useKnownHeight(bar);
  return (
    <Box ref={bar} component="nav" className="phone-bar" hiddenFrom="lg" aria-label={t("Main")}>
      {places.map(({ path, label, icon: Icon }) => (
        <Link
          key={path}
          href={path}
          className="phone-place"
          {...(location === path && { "aria-current": "page" as const })}
        >
          <Icon size={20} aria-hidden />
          {label}
        </Link>
      ))}
      {stop}
    </Box>
  );
}

/** Page and style sheet leave as much room as the bar takes: with longer words or larger letters it has two lines. */
function useKnownHeight(bar: RefObject<HTMLElement | null>) {
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() =>
      document.documentElement.style.setProperty("--phone-bar-height", `${element.offsetHeight}px`),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [bar]);
}

/** A phone's menu: the other screens, and what the header of a wide screen has. */
export function PhoneMenu({ places, children }: { places: readonly Place[]; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size={36}
          variant="default"
          aria-label={t("Menu")}
          onClick={() => setOpen(!isOpen)}
        >
          <IconMenu2 size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown w={240}>
        <Stack gap={4}>
          {places.map(({ path, label, icon: Icon }) => (
            <Button
              key={path}
              component={Link}
              href={path}
              h={44}
              justify="start"
              variant="subtle"
              color="gray"
              c="var(--mantine-color-text)"
              leftSection={<Icon size={18} aria-hidden />}
              onClick={() => setOpen(false)}
            >
              {label}
            </Button>
          ))}
          {children}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
