/** Numbers that the fake's account has; like Twilio's own, it has no others, though it takes calls from any. */
const OWNED: Readonly<Record<string, { voice: boolean }>> = {
  "+15550107001": { voice: true },
  "+15550107002": { voice: false },
};
const VERIFIED = ["+15550107003"];

/** `IncomingPhoneNumbers.json?PhoneNumber=…`: the numbers that the account owns. */
export function incomingNumbers(accountSid: string, wanted: string | null): object {
  const numbers = Object.entries(OWNED).filter(([number]) => wanted === null || number === wanted);
  return listOf(
    "incoming_phone_numbers",
    numbers.map(([phone_number, { voice }]) => ({
      ...common(accountSid, "PN", phone_number),
      capabilities: { voice, sms: true, mms: false, fax: false },
      status: "in-use",
    })),
  );
}

/** `OutgoingCallerIds.json?PhoneNumber=…`: the numbers that the account has verified. */
export function outgoingCallerIds(accountSid: string, wanted: string | null): object {
  const numbers = VERIFIED.filter((number) => wanted === null || number === wanted);
  return listOf(
    "outgoing_caller_ids",
    numbers.map((phone_number) => common(accountSid, "PN", phone_number)),
  );
}

function common(account_sid: string, prefix: string, phone_number: string): object {
  const sid = prefix + phone_number.replace(/\D/g, "").padStart(32, "0");
  const date = "Thu, 30 Apr 2015 16:47:33 +0000";
  return {
    sid,
    account_sid,
    phone_number,
    friendly_name: phone_number,
    date_created: date,
    date_updated: date,
  };
}

function listOf(name: string, entries: readonly object[]): object {
  const end = Math.max(0, entries.length - 1);
  return { [name]: entries, next_page_uri: null, page: 0, page_size: 50, start: 0, end };
}
