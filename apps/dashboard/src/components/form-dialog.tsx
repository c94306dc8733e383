import { Button, type ButtonProps, Modal } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";

import { DialogHold } from "./dialog-hold.ts";

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
export function FormDialog(props: Props) {
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
  const [holds, setHolds] = useState(0);
  const hold = useMemo(
    () => () => {
      setHolds((count) => count + 1);
      return () => setHolds((count) => count - 1);
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
        closeOnClickOutside={holds === 0}
        closeOnEscape={holds === 0}
        withCloseButton={holds === 0}
      >
        <DialogHold.Provider value={hold}>{isOpen && children(close)}</DialogHold.Provider>
      </Modal>
    </>
  );
}
