/** What the environment variables of an account begin with: `TWILIO_BACKUP_` for `twilio-backup`. */
export function accountPrefix(name: string): string {
  return `${name.toUpperCase().replaceAll("-", "_")}_`;
}
