import type { Language } from '../../customer-events.ts'
import { answersInChinese } from './answers-in-chinese.ts'
import { parametersInChinese } from './parameters-in-chinese.ts'
import { summariesInChinese } from './summaries-in-chinese.ts'
import { tourInChinese } from './tour-in-chinese.ts'

/** Documents are written in English. */
export const documentsInChinese: Record<string, string> = {
  ...summariesInChinese,
  ...answersInChinese,
  ...parametersInChinese,
  ...tourInChinese,
}

/** A sentence of a document in a language; as it stands there where it was not translated. */
export function say(sentence: string, language: Language): string {
  return language === 'zh' ? (documentsInChinese[sentence] ?? sentence) : sentence
}
