/** A day and a time of day as fields hold them, by the clock of a zone that is named beside them. */
export interface DayAndTime {
  /** `2026-11-24`, or empty. */
  day: string;
  /** Twenty-four hours: `07:00`, or empty. */
  time: string;
}

/** The parts of a field's value: `2026-11-24T07:00`, a day alone, or empty. */
export function dayAndTime(value: string): DayAndTime {
  const [day = "", time = ""] = value.split("T");
  return { day, time };
}

/** The value of a field of these parts; without a time, the day alone. */
export function momentValue({ day, time }: DayAndTime): string {
  return time === "" ? day : `${day}T${time}`;
}

/** The moment that a value means by the browser's clock, in ISO 8601; a day alone is its beginning. What is no moment stays as it is. */
export function isoOfValue(value: string): string {
  const { day, time } = dayAndTime(value);
  const at = new Date(`${day}T${(time || "00:00").padStart(5, "0")}`);
  return Number.isNaN(at.getTime()) ? value : at.toISOString();
}
