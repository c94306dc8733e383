import { Button, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface Props {
  label: string;
  /** Title of the dialog. @defaultValue the label */
  title?: string;
  size?: string;
  /** Content of the dialog, while it is open. */
  children: (close: () => void) => ReactNode;
  onClose?: () => void;
}

/** A button that opens a dialog. */
export function DialogButton({ label, title = label, size = "md", children, onClose }: Props) {
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    onClose?.();
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={title}
        size={size}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {isOpen && children(close)}
      </Modal>
    </>
  );
}
