import { numberGroups } from "./number-groups.ts";

/** A phone number grouped for reading. The gaps are drawn, not written, so it is selected, copied and read aloud as E.164. */
export function PhoneNumber({ e164 }: { e164: string | null | undefined }) {
  if (e164 === null || e164 === undefined || e164 === "") return <>–</>;
  return (
    <span className="number phone-number" dir="ltr">
      {numberGroups(e164).map((digits, index) => (
        <span key={index}>{digits}</span>
      ))}
    </span>
  );
}
