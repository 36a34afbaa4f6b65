import type { Language } from '../customer-events.ts'
import { type FieldError, Problem } from './problem.ts'
import { problemsInChinese } from './problems-in-chinese.ts'

/** A problem in the words of a language. A text of which a sentence is not in its table stays as it is. */
export function inLanguage(problem: Problem, language: Language): Problem {
  const say = voices[language]
  if (say === null) return problem
  const errors = problem.errors?.map(({ field, message }) => ({ field, message: say(message) }))
  const isList = problem.message === listedIn.en(problem.errors ?? [])
  const detail = isList ? listedIn[language](errors ?? []) : say(problem.message)
  const { status, headers } = problem
  return new Problem(status, say(problem.title), detail, errors).with({ ...headers, 'Content-Language': language })
}

/** Every field with what is wrong with it, as `invalid` of problem.ts puts it. */
const listedIn: Record<Language, (errors: FieldError[]) => string> = {
  en: (errors) => errors.map(({ field, message }) => `${field}: ${message}`).join('; '),
  zh: (errors) => errors.map(({ field, message }) => `${field}：${message}`).join('；'),
}

/** Problems are made in English. */
const voices: Record<Language, ((text: string) => string) | null> = { en: null, zh: createVoice(problemsInChinese) }

/** Says a text by a table of sentences, in which {} stands for what differs. */
function createVoice(table: Record<string, string>): (text: string) => string {
  const patterns = Object.entries(table).map(([sentence, said]) => [patternOf(sentence), said] as const)
  const saySentence = (sentence: string): string | null => {
    for (const [pattern, said] of patterns) {
      const found = pattern.exec(sentence)
      if (found !== null) return said.replaceAll(/\{(\d)\}/g, (_, i) => shown(found[Number(i) + 1] ?? ''))
    }
    return null
  }
  return (text) => {
    const said = text.split(BETWEEN_SENTENCES).map(saySentence)
    return said.includes(null) ? text : said.join('')
  }
}

/** A time as it is told to programs, for people; anything else as it is. */
function shown(value: string): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d+Z$/.exec(value) ?? []
  return day === undefined ? value : `${day} ${clock} UTC`
}

const BETWEEN_SENTENCES = /(?<=[.?!]) (?=[A-Z])/

function patternOf(sentence: string): RegExp {
  const parts = sentence.split('{}').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.+?)')}$`, 's')
}
