import type { Language } from '../../shared/customer-events.ts'

const inUtc = (locale: string) =>
  new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    ...{ timeZone: 'UTC', timeZoneName: 'short' },
  })

const formats: Record<Language, Intl.DateTimeFormat> = { en: inUtc('en-GB'), zh: inUtc('zh-CN') }

/** A time (ms) for people, with its zone, since nobody has told us theirs: `27 November 2026 at 09:30:00 UTC`. */
export function formatTime(ms: number, language: Language): string {
  return formats[language].format(ms)
}
