import type { Language } from '../../shared/customer-events.ts'
import type { Anomaly } from './anomalies.ts'

/** An anomaly in a person's words: "payment.declined 41/min, usually 3 to 9 at this hour". */
export function wordsFor(anomaly: Anomaly, language: Language): string {
  return says[language](anomaly)
}

const says: Record<Language, (anomaly: Anomaly) => string> = {
  en: ({ msg, kind, perMinute, usualLow, usualHigh, basis }) => {
    if (kind === 'new') return `${msg} ${perMinute}/min, not told once in the seven days before`
    const usual = usualLow === usualHigh ? `${usualLow}` : `${usualLow} to ${usualHigh}`
    return `${msg} ${perMinute}/min, usually ${usual} ${basis === 'hour' ? 'at this hour' : 'in the last three hours'}`
  },
  zh: ({ msg, kind, perMinute, usualLow, usualHigh, basis }) => {
    if (kind === 'new') return `${msg} 每分钟 ${perMinute} 次，此前七天从未出现`
    const usual = usualLow === usualHigh ? `${usualLow}` : `${usualLow} 至 ${usualHigh}`
    return `${msg} 每分钟 ${perMinute} 次，${basis === 'hour' ? '平日此时段' : '最近三小时'}通常为 ${usual} 次`
  },
}
