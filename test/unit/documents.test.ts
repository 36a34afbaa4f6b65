import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { scenarios } from '../../chaos/scenarios.ts'
import { programs } from '../../services/all.ts'
import { placedAnswer } from '../../services/order/order-answer.ts'
import { readConfig } from '../../shared/config.ts'
import { ownerOf } from '../../shared/doors.ts'
import { spare } from '../../shared/routes.ts'

const textOf = (file: string) => readFileSync(file, 'utf8')
const documents = ['README.md', 'SECURITY.md', ...readdirSync('docs').map((name) => join('docs', name))].filter(
  (file) => file.endsWith('.md'),
)
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)
const scripts: object = JSON.parse(textOf('package.json')).scripts

describe.each(documents)('%s', (document) => {
  it('leads only to files and headings that are there', () => {
    const links = all(textOf(document), /\]\((?!http)([^)\s]+)\)/g)

    expect(links.filter((link) => !isThere(link, document))).toEqual([])
  })

  it('names only commands that there are', () => {
    const commands = all(textOf(document), /\bnpm run ([\w:-]+)/g)

    expect(commands.filter((name) => !(name in scripts))).toEqual([])
  })
})

describe('the README', () => {
  const page = textOf('README.md')
  const services = (found: RegExp) => all(found.exec(page)?.[0] ?? '', /`(?:npm run service -- )?([a-z]+)`/g)

  it('names every program that runs alone', () => {
    expect(services(/`npm run service --[\s\S]*?runs one service alone/).toSorted()).toEqual([...programs].toSorted())
  })

  it('names every service that a shop may be run without', () => {
    const [, shown = ''] = /`WITHOUT=(\S+) npm start`/.exec(page) ?? []
    const others = services(/leaves these two out; [\s\S]*? can be left out/)

    expect([...shown.split(','), ...others].toSorted()).toEqual([...spare].toSorted())
  })

  it('says for how long an order is held, and how long it may wait', () => {
    expect(page).toMatch(/held for half an hour \(`PAY_WITHIN_MS`\)/)
    expect(page).toMatch(/longer than ten minutes\s\(`PROMISE_MS`\)/)
    expect(readConfig({})).toMatchObject({ PAY_WITHIN_MS: 30 * 60_000, PROMISE_MS: 10 * 60_000 })
  })

  it('shows an order as it is answered', () => {
    const shown = JSON.parse(/^\{"id".*$/m.exec(page)?.[0] ?? '')

    expect(placedAnswer.strict().parse(shown)).toEqual(shown)
  })

  it('asks only where somebody answers', () => {
    const paths = all(page, /localhost:3000(\/[\w/-]*)/g)

    expect(paths.length).toBeGreaterThan(10)
    expect(paths.filter((path) => ownerOf(path) === null)).toEqual([])
  })

  it('names every scenario of the chaos', () => {
    const [row = ''] = /^\| `npm run chaos -- --scenario.*$/m.exec(page) ?? []

    expect(scenarios.filter((name) => !new RegExp(`[\` ]${name}\``).test(row))).toEqual([])
  })
})

describe('the list of documents', () => {
  it('leads to each of them', () => {
    const links = all(textOf('docs/README.md'), /\]\(([\w-]+\.md)\)/g).map((name) => join('docs', name))

    expect(documents.filter((file) => file.startsWith('docs/') && !links.includes(file))).toEqual(['docs/README.md'])
  })
})

function isThere(link: string, document: string): boolean {
  const [path = '', heading] = link.split('#')
  const file = path === '' ? document : join(dirname(document), path)
  if (heading === undefined) return existsSync(file)
  return all(textOf(file), /^#+ (.*)$/gm).some((text) => anchorOf(text) === heading)
}

/** As GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')
