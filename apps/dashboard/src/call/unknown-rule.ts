import { t } from "../language/translate.ts";

/** Who acts on an Unknown call, and until when: the same sentence on every screen. */
export function unknownRule(): string {
  return t(
    "call-log looks for it at the provider. It is not dialled again until a person decides, unless its request asks for that.",
  );
}
