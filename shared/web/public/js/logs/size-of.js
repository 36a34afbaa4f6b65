import { language } from '../text.js'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']
const STEP = 1_000

/** So many bytes as a person would say it. @param {number} bytes */
export function sizeOf(bytes) {
  const step = bytes < STEP ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(STEP)))
  const value = new Intl.NumberFormat(language, { maximumFractionDigits: step === 0 ? 0 : 1 }).format(
    bytes / STEP ** step,
  )
  return `${value} ${UNITS[step]}`
}
