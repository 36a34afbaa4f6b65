import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { parseBody } from '../../shared/web/http.ts'
import { Problem } from '../../shared/web/problem.ts'
import { inLanguage } from '../../shared/web/problem-language.ts'

/** Where requests are refused: nobody has a language who has not even spoken HTTP, and programs of ours speak English. */
const OF_OURS =
  /front-door|openapi|accept-calls|\/client\/|shared\/web\/(docs|public)\/|-in-chinese|\/public\/|payment\/stripe/

const files = ['services', 'shared/web', 'shared/email-address.ts', 'shared/person-name.ts']
  .flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(place, { recursive: true, encoding: 'utf8' }).map((file) => join(place, file)),
  )
  .filter((file) => file.endsWith('.ts') && !OF_OURS.test(file))

const isAside = (line: string) => /^\s*(\*|\/\/|\/\*)|describe\(|what:|help:/.test(line)
const sentence = /(['`])([A-Z][^'`]*[.?!])\1/g
const aboutField = /(['`])(must [^'`]+|is (?:missing|listed|not|only|what)[^'`]*)\1/g

/** What files may refuse with; what differs each time stands as a number. */
function refusalsIn(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  if (!/Problem|unavailable\(|invalid\(|z\./.test(text)) return []
  const lines = text.split('\n').filter((line) => !isAside(line))
  const isRefusing = /Problem|unavailable\(/.test(text)
  const patterns = isRefusing ? [sentence, aboutField] : [aboutField]
  const found = lines.flatMap((line) =>
    patterns.flatMap((pattern) => [...line.matchAll(pattern)].map(([, , said = '']) => said)),
  )
  return found.map((said) => said.replaceAll(/\$\{[^}]*\}/g, '7'))
}

const inChinese = (said: string) => inLanguage(new Problem(400, 'Bad request', said), 'zh').message

describe('what is refused', () => {
  it('is said in Chinese, too, wherever a request is refused', () => {
    const untold = files.flatMap((file) => refusalsIn(file).map((said) => ({ file, said })))

    expect(untold.length).toBeGreaterThan(100)
    expect(untold.filter(({ said }) => inChinese(said) === said)).toEqual([])
  })

  it('is said in Chinese where the library has checked a field', () => {
    const shape = z.strictObject({
      text: z.string().min(2).max(3),
      count: z.int().min(1).max(5),
      list: z.array(z.string()).min(1).max(2),
      kind: z.enum(['a', 'b']),
      exact: z.literal('x'),
      code: z.string().regex(/^\d$/),
      at: z.iso.datetime(),
      action: z.discriminatedUnion('of', [z.object({ of: z.literal('a') }), z.object({ of: z.literal('b') })]),
      either: z.union([z.string(), z.number()]),
    })
    const wrong = [
      {},
      ...[{ text: 'a' }, { text: 'abcd' }, { text: 1 }, { count: 0 }, { count: 6 }, { count: 1.5 }, { list: [] }],
      ...[
        { list: ['a', 'b', 'c'] },
        { kind: 'c' },
        { exact: 'y' },
        { code: 'z' },
        { at: 'now' },
        { action: { of: 'c' } },
      ],
      ...[{ either: true }, { more: 1 }, { more: 1, most: 2 }],
    ]
    const refused = wrong.flatMap((body) => messagesOf(() => parseBody(shape, body)))

    expect(refused.length).toBeGreaterThan(50)
    expect([...new Set(refused)].filter((message) => inChinese(message) === message)).toEqual([])
  })

  it('tells times as people read them', () => {
    expect(inChinese('This sale opens at 2026-11-27T09:30:00.000Z.')).toBe(
      '本场抢购将于 2026-11-27 09:30:00 UTC 开始。',
    )
  })
})

function messagesOf(refuse: () => unknown): string[] {
  try {
    refuse()
  } catch (error) {
    if (error instanceof Problem) return error.errors?.map(({ message }) => message) ?? []
    throw error
  }
  return []
}
