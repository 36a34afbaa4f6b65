import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { wordsIn } from '../../shared/web/pages/words.ts'

const STATIONS = 'services/control/public/js/tour/stations'
const ofStations = await Promise.all(readdirSync(STATIONS).map((name) => import(`../../${STATIONS}/${name}/en.js`)))
const all: Record<string, string> = Object.assign({}, wordsIn.en, ...ofStations.map(({ words }) => words))

const PAGES =
  /\/public\/(?!words|.*\/(en|zh)\.js).*\.(js|html)$|^shared\/web\/pages\/frame\.ts$|^services\/order\/serve-shop\.ts$/
const texts = ['shared', 'services']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => PAGES.test(file))
  .map((file) => readFileSync(file, 'utf8'))
const OF_THE_SERVER = ['title', 'heading', 'demo', 'product.name', 'product.about'] // which it says for one page or product

const namesIn = (pattern: RegExp) => texts.flatMap((text) => [...text.matchAll(pattern)].map((found) => found[1] ?? ''))
const literals = new Set([...namesIn(/['"]([\w.-]+)['"]/g), ...namesIn(/\{\{([\w.]+)\}\}/g)])
/** What stands in a hole may be anything. */
const templates = [...namesIn(/`(\w+\.[\w.-]*\$\{[^`]*)`/g), ...namesIn(/\{\{(\w+\.\$\{[^}]*\})\}\}/g)].map(
  (one) => new RegExp(`^${one.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '.+')}$`),
)

describe('the words of the pages', () => {
  it('are all there that a page names', () => {
    const named = [...namesIn(/\bt(?:Or)?\(\s*'([^']+)'/g), ...namesIn(/\{\{([\w.]+)\}\}/g)]
    expect(named.length).toBeGreaterThan(500)
    expect(named.filter((key) => all[key] === undefined && !OF_THE_SERVER.includes(key))).toEqual([])
  })

  it('are all named by a page', () => {
    const isNamed = (key: string) => literals.has(key) || templates.some((template) => template.test(key))
    expect(Object.keys(all).filter((key) => !isNamed(key))).toEqual([])
  })
})
