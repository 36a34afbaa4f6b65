import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { wordsIn } from '../../shared/web/pages/words.ts'

type SayWhy = (reason: string, say: (key: string, values?: Record<string, unknown>) => string) => string
const PAGES = '../../services/control/public/js' // no types are made of what browsers read
const { sayWhy }: { sayWhy: SayWhy } = await import(`${PAGES}/why-given-up.js`)

const say =
  (language: 'en' | 'zh') =>
  (key: string, values: Record<string, unknown> = {}) =>
    (wordsIn[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
const inChinese = (reason: string) => sayWhy(reason, say('zh'))

const sources = ['shared', 'services'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8')),
)
const UNFIXABLE = /new Unfixable\((['`])(.*?)\1/g
const GIVEN_UP = /kind: '(?:dead|bury)', reason: (['`])(.*?)\1/g
/** What our own programs have against messages; what differs each time stands as a number. */
const reasons = sources
  .flatMap((text) => [...text.matchAll(UNFIXABLE), ...text.matchAll(GIVEN_UP)])
  .map(([, , said = '']) => said.replaceAll(/\$\{[^}]*\}/g, '7'))

describe('why a message was given up', () => {
  it('is said in Chinese wherever it is we who have something against it', () => {
    expect(reasons.length).toBeGreaterThan(15)
    expect(reasons.filter((reason) => inChinese(reason) === `“${reason}”`)).toEqual([])
  })

  it('is said in English as it is on disk', () => {
    const other = reasons.filter((reason) => sayWhy(reason, say('en')).replace(/[“”]/g, '') !== reason)
    expect(other).toEqual([])
  })

  it('is quoted where somebody else’s program has said it', () => {
    expect(inChinese('failed 8 times: connect ECONNREFUSED')).toBe('失败 8 次：“connect ECONNREFUSED”')
    expect(inChinese('550 no such user')).toBe('“550 no such user”')
    expect(inChinese('failed 2 times: not a message: name: it is missing')).toBe(
      '失败 2 次：不是有效的消息：“name: it is missing”',
    )
  })
})
