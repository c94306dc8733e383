import { useNumberGroups } from "./use-number-groups.ts";

/** A phone number grouped for reading. The gaps are drawn, not written, so it is selected, copied and read aloud as E.164. */
export function PhoneNumber({ e164 }: { e164: string | null | undefined }) {
  return e164 === null || e164 === undefined || e164 === "" ? <>–</> : <Groups e164={e164} />;
}

function Groups({ e164 }: { e164: string }) {
  return (
    <span className="number phone-number" dir="ltr">
      {useNumberGroups(e164).map((digits, index) => (
        <span key={index}>{digits}</span>
      ))}
    </span>
  );
}
