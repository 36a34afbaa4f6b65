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
const stations = all(textOf('services/control/public/js/tour/station.js'), /^ {4}id: '(\w+)',$/gm)
const asked = (page: string) => all(page, /localhost:3000(\/[\w/-]*)/g)

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

  it('stands on one screen', () => {
    expect(page.split('\n').length).toBeLessThanOrEqual(60)
  })

  it('leads to each use of a queue in the shop, at the tour, and in the documents', () => {
    const rows = page.split('\n').filter((line) => line.includes('/tour#'))
    const shown = rows.map((row) => /localhost:3000\/tour#(\w+)\)/.exec(row)?.[1])

    expect(shown).toEqual(stations.filter((id) => id !== 'loop'))
    for (const row of rows) expect(row).toMatch(/localhost:3000.* \| .*\/tour#.* \| .*\(docs\/.*\.md\) \|$/)
  })

  it('asks only where somebody answers', () => {
    expect(asked(page).length).toBeGreaterThan(10)
    expect(asked(page).filter((path) => ownerOf(path) === null)).toEqual([])
  })
})

describe('docs/running.md', () => {
  const page = textOf('docs/running.md')
  const services = (found: RegExp) => all(found.exec(page)?.[0] ?? '', /`(?:npm run service -- )?([a-z]+)`/g)

  it('names every program that runs alone', () => {
    expect(services(/`npm run service --[\s\S]*?runs one\s+service alone/).toSorted()).toEqual([...programs].toSorted())
  })

  it('names every service that a shop may be run without', () => {
    const [, shown = ''] = /`WITHOUT=(\S+) npm start`/.exec(page) ?? []
    const others = services(/leaves these two out[\s\S]*? can be left out/)

    expect([...shown.split(','), ...others].toSorted()).toEqual([...spare].toSorted())
  })

  it('names every command', () => {
    const named = new Set(all(page, /`npm (?:run )?([\w:-]+)/g))

    expect(Object.keys(scripts).filter((name) => !named.has(name))).toEqual([])
  })

  it('says for how long an order is held, and how long it may wait', () => {
    expect(page).toMatch(/held for half an hour\s\(`PAY_WITHIN_MS`\)/)
    expect(page).toMatch(/longer than ten minutes \(`PROMISE_MS`\)/)
    expect(readConfig({})).toMatchObject({ PAY_WITHIN_MS: 30 * 60_000, PROMISE_MS: 10 * 60_000 })
  })

  it('shows an order as it is answered', () => {
    const shown = JSON.parse(/^\{"id".*$/m.exec(page)?.[0] ?? '')

    expect(placedAnswer.strict().parse(shown)).toEqual(shown)
  })

  it('asks only where somebody answers', () => {
    expect(asked(page).length).toBeGreaterThan(10)
    expect(asked(page).filter((path) => ownerOf(path) === null)).toEqual([])
  })
})

describe('docs/tour.md', () => {
  it('says what each station does', () => {
    expect(all(textOf('docs/tour.md'), /^\| `#(\w+)` \|/gm)).toEqual(stations)
  })
})

describe('docs/reliability.md', () => {
  it('tells how each scenario of the chaos is run', () => {
    const shown = all(textOf('docs/reliability.md'), /--scenario (\w+)/g)

    expect(scenarios.filter((name) => !shown.includes(name))).toEqual([])
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
