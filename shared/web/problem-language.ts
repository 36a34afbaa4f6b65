import type { Language } from '../customer-events.ts'
import { Problem } from './problem.ts'
import { problemsInChinese } from './problems-in-chinese.ts'

/** A problem in the words of a language. A text of which a sentence is not in its table stays as it is. */
export function inLanguage(problem: Problem, language: Language): Problem {
  const say = voices[language]
  if (say === null) return problem
  const errors = problem.errors?.map(({ field, message }) => ({ field, message: say(message) }))
  const isList = problem.message === listed(problem.errors)
  const detail = isList ? listed(errors) : say(problem.message)
  const { status, headers } = problem
  return new Problem(status, say(problem.title), detail, errors).with({ ...headers, 'Content-Language': language })
}

const listed = (errors: Problem['errors']) =>
  errors?.map(({ field, message }) => `${field}: ${message}`).join('; ') ?? ''

/** Problems are made in English. */
const voices: Record<Language, ((text: string) => string) | null> = { en: null, zh: createVoice(problemsInChinese) }

/** Says a text by a table of sentences, in which {} stands for what differs. */
function createVoice(table: Record<string, string>): (text: string) => string {
  const patterns = Object.entries(table).map(([sentence, said]) => [patternOf(sentence), said] as const)
  const saySentence = (sentence: string): string | null => {
    for (const [pattern, said] of patterns) {
      const found = pattern.exec(sentence)
      if (found !== null) return said.replaceAll(/\{(\d)\}/g, (_, i) => found[Number(i) + 1] ?? '')
    }
    return null
  }
  return (text) => {
    const said = text.split(BETWEEN_SENTENCES).map(saySentence)
    return said.includes(null) ? text : said.join('')
  }
}

const BETWEEN_SENTENCES = /(?<=[.?!]) (?=[A-Z])/

function patternOf(sentence: string): RegExp {
  const parts = sentence.split('{}').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.+?)')}$`, 's')
}
