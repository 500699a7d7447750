import lookup from '@photostructure/tz-lookup'

/** The IANA time zone of a place; at sea the nautical one (`Etc/GMT+12`). */
export const timeZoneOf = ({ lat, lon }: { readonly lat: number; readonly lon: number }): string =>
  lookup(lat, lon)

/** Whether this running system knows the zone: dates are to be shown in it. */
export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
