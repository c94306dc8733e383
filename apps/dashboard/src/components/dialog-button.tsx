import { Button, type ButtonProps, Modal } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";

import { DialogLock } from "./dialog-lock.ts";

interface Props extends Pick<ButtonProps, "size" | "variant"> {
  /** Words of the button, and title of the dialog unless `title` is given. */
  label: string;
  title?: string;
  /** Width of the dialog. */
  width?: "sm" | "md" | "lg" | "xl";
  /** Content of the dialog, made when it opens, so that a form begins empty. */
  children: (close: () => void) => ReactNode;
  onClose?: () => void;
}

/** A button that opens a dialog. While the dialog shows what is shown only once, it ends by its buttons alone. */
export function DialogButton(props: Props) {
  const {
    label,
    title = label,
    size,
    variant = "default",
    width = "md",
    children,
    onClose,
  } = props;
  const [isOpen, setOpen] = useState(false);
  const [locks, setLocks] = useState(0);
  const lock = useMemo(
    () => () => {
      setLocks((count) => count + 1);
      return () => setLocks((count) => count - 1);
    },
    [],
  );
  const close = () => {
    setOpen(false);
    onClose?.();
  };
  return (
    <>
      <Button variant={variant} {...(size !== undefined && { size })} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={title}
        size={width}
        closeOnClickOutside={locks === 0}
        closeOnEscape={locks === 0}
        withCloseButton={locks === 0}
      >
        <DialogLock.Provider value={lock}>{isOpen && children(close)}</DialogLock.Provider>
      </Modal>
    </>
  );
}
