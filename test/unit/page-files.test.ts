import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { minify } from '@swc/core'
import { serveAccount } from '../../services/accounts/serve-account.ts'
import { serveRoom } from '../../services/control/serve-room.ts'
import { serveLogs } from '../../services/logs/serve-logs.ts'
import { serveAlerts } from '../../services/notification/alerts/serve-alerts.ts'
import { serveShop } from '../../services/order/serve-shop.ts'
import { serveSale } from '../../services/sale/serve-sale.ts'
import { createLogger } from '../../shared/logger.ts'
import { digestOf } from '../../shared/web/assets.ts'
import { readAnswers } from '../../shared/web/docs/answers.ts'
import { createApp, type Express, type HttpServer, listen } from '../../shared/web/http.ts'
import { modulesOf } from '../../shared/web/pages/modules.ts'
import { withoutComments } from '../../shared/web/pages/without-comments.ts'
import { groupsIn, wordsFor, wordsIn } from '../../shared/web/pages/words.ts'
import { talk } from '../raw-http.ts'

const PUBLIC = ['shared/web/public', ...readdirSync('services').map((name) => `services/${name}/public`)].filter(
  (folder) => existsSync(folder),
)
const filesIn = (end: string) =>
  PUBLIC.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  ).filter((file) => file.endsWith(end))
const scripts = filesIn('.js')
const LIBRARIES = [
  'htm/preact/standalone.module.js',
  'eventsource-parser/dist/parse.js',
  'eventsource-parser/dist/errors.js',
]

const MUG = { sku: 'MUG-001', name: 'Stoneware mug', description: '350 ml', priceCents: 1_800, currency: 'EUR' }
const PATHS = [
  ...[
    '/',
    '/orders/1',
    '/products/MUG-001',
    '/account',
    '/account/sign-in',
    '/account/sign-up',
    '/account/verify',
    '/account/reset',
  ],
  ...['/sale', '/sale/1', '/alerts', '/control', '/events', '/logs'],
]

let server: HttpServer

beforeAll(async () => {
  const mount = (app: Express) => {
    serveShop(app, { prices: new Map([[MUG.sku, MUG]]), isDemo: true })
    for (const serve of [serveAccount, serveRoom, serveLogs, serveAlerts, serveSale]) serve(app)
  }
  server = await listen(createApp(createLogger('order', 'silent'), mount), 0, '127.0.0.1')
})

afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers: { accept: 'text/html', ...headers } })
const textOf = async (path: string, headers?: Record<string, string>) => (await get(path, headers)).text()
const addressesIn = (html: string) =>
  [...html.matchAll(/(?:href|src|data-words)="(\/[^"]*assets[^"]*)"/g)].map(([, found]) => found)

describe('the files of the pages', () => {
  it('are kept for ever by the addresses that pages and files name them by, for these change with them', async () => {
    const named = addressesIn(await textOf('/'))
    const script = await textOf(named.find((one) => one?.endsWith('/shop.js')) ?? '')

    expect(named.length).toBeGreaterThan(20)
    for (const address of [...named, /from '(\/[^']+)'/.exec(script)?.[1]]) {
      const answer = await get(String(address))
      expect([address, answer.status]).toEqual([address, 200])
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    }
  })

  it('are asked for anew by their plain addresses, and by those of another version', async () => {
    for (const path of ['/assets/js/api.js', '/assets/v-of-yesterday/js/api.js', '/order/assets/js/shop.js']) {
      const answer = await get(path)
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-cache'])
    }
    expect((await get('/order/assets/shop.html')).status).toBe(404)
  })

  it('have words that are named by what they say, for a server may choose others from the very same files', async () => {
    for (const path of PATHS) {
      const [, address = ''] = /data-words="([^"]+)"/.exec(await textOf(path)) ?? []
      expect(address).toContain(`.${digestOf(await textOf(address)).slice(0, 12)}.js`)
    }
  })

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['identity', null],
  ])('are as small as the browser can read them: %s', async (accepted, wanted) => {
    const answer = await get('/assets/style.css', { 'accept-encoding': accepted })

    expect(answer.headers.get('content-encoding')).toBe(wanted)
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    expect(await answer.text()).toBe(readFileSync('shared/web/public/style.css', 'utf8'))
  })

  it('are told apart by how they are packed, and not sent again', async () => {
    const tags = await Promise.all(
      ['br', 'gzip', 'identity'].map(async (name) => {
        const headers = { 'accept-encoding': name }
        const etag = (await get('/assets/style.css', headers)).headers.get('etag') ?? ''
        const again = await get('/assets/style.css', { ...headers, 'if-none-match': etag })
        expect([again.status, await again.text()]).toEqual([304, ''])
        return etag
      }),
    )
    expect(new Set(tags).size).toBe(3)
  })

  it('are sent to who cannot unpack anything as they are', async () => {
    const { said } = await talk(server.url, 'GET /assets/js/api.js HTTP/1.1\nHost: x\nConnection: close\n\n')
    expect(said).toContain('export const get')
  })
})

describe('the pages', () => {
  it.each(PATHS)('say what they are before any script runs, in the language of who looks: %s', async (path) => {
    for (const [language, said] of [
      ['en', '>Shop</a>'],
      ['zh-CN,zh;q=0.9', '>商店</a>'],
    ] as const) {
      const answer = await get(path, { 'accept-language': language })
      const html = await answer.text()
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(html).toContain(`<html lang="${language.slice(0, 2)}"`)
      expect(html).toContain(said)
      expect(html).toMatch(/<main[^>]*>\s*<(h1|p|div|section|article|header)/)
      expect(html).not.toMatch(/\{\{|undefined/)
    }
  })

  it.each(PATHS)('name nothing that is not there: %s', async (path) => {
    for (const address of addressesIn(await textOf(path)))
      expect([address, (await get(String(address))).status]).toEqual([address, 200])
  })

  it('are as somebody has chosen, whatever the browser says', async () => {
    const html = await textOf('/', { 'accept-language': 'en', cookie: 'a=1; language=zh; theme=dark' })
    expect(html).toContain('<html lang="zh" data-theme="dark"')
    expect(await textOf('/', { cookie: 'theme=pink"; language=xx' })).toContain('<html lang="en" data-words')
  })

  it('are not said to be in the language of a problem where one is shown instead', async () => {
    const answer = await get('/nix', { 'accept-language': 'zh', cookie: 'language=en' })
    expect([answer.status, answer.headers.get('content-language')]).toEqual([404, null])
    expect(await answer.text()).toContain('<html lang="en"')
  })

  it('name all modules that they load, so that none is waited for before it is asked for', async () => {
    const html = await textOf('/control')
    const named = addressesIn(html).map((address) => address?.replace(/v-[\w-]{12}\//, ''))
    const wanted = modulesOf('/control/assets/js/control.js', read)

    expect(wanted.length).toBeGreaterThan(30)
    for (const address of wanted) expect(named).toContain(address)
  })
})

describe('the files of pages', () => {
  it.each(filesIn('.html'))('name nothing that is not there: %s', (file) => {
    for (const address of addressesIn(readFileSync(file, 'utf8')))
      expect([file, address, read(String(address)) !== undefined]).toEqual([file, address, true])
  })
})

describe('the modules', () => {
  it('name each other as they are found', () => {
    for (const file of scripts) {
      const text = readFileSync(file, 'utf8')
      const imports = [...text.matchAll(/^import .*?from '(.+)'|^\} from '(.+)'/gm)].map(([, a, b]) => a ?? b)
      const found = modulesOf(addressOf(file), (address) => (address === addressOf(file) ? text : ''))
      expect([file, found.length - 1]).toEqual([file, new Set(imports).size])
      for (const one of found) expect([file, one, read(one) !== undefined]).toEqual([file, one, true])
    }
  })
})

describe('a page', () => {
  it('runs no module of another service, which would come with another library and other texts than the page has', () => {
    for (const file of scripts) {
      const named = [...readFileSync(file, 'utf8').matchAll(/['"`](\/\w+\/assets\/)/g)].map(([, base]) => base)
      const [own] = addressOf(file).split('js/')
      expect([file, named.filter((base) => base !== own)]).toEqual([file, []])
    }
  })
})

describe('what is left of a script without its comments', () => {
  it.each([...scripts, ...LIBRARIES.map((path) => `node_modules/${path}`)])('does the same: %s', async (file) => {
    const text = readFileSync(file, 'utf8')
    const bare = withoutComments(text)
    const shortest = async (script: string) => (await minify(script, { module: true, compress: false })).code

    expect(await shortest(bare)).toBe(await shortest(text))
    expect(bare.split('\n').length).toBe(text.split('\n').length)
  })
})

describe('the texts of a page', () => {
  it('are those that its modules name, by their groups', () => {
    const words = { skip: 'a', 'cart.total': 'b', 'cart.less': 'c', 'room.locked': 'd' }
    expect(wordsFor(new Set(groupsIn('t(`cart.$' + '{what}`)')), words)).toEqual({
      skip: 'a',
      'cart.total': 'b',
      'cart.less': 'c',
    })
  })

  it('are never named by a group that no file names', () => {
    const asked = scripts.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bt(?:Or)?\(`\$\{\w+\}\.\$/g)])
    expect(asked).toEqual([])
  })

  it('are far less than all that there are', async () => {
    const html = await textOf('/', { 'accept-language': 'zh' })
    const said = await textOf(/data-words="([^"]+)"/.exec(html)?.[1] ?? '')
    expect(said).toContain(wordsIn.zh['cart.total'])
    expect(said.length).toBeLessThan(JSON.stringify(wordsIn.zh).length / 3)
  })
})

/** The plain address of a file. */
function addressOf(file: string): string {
  return file.replace(/^shared\/web\/public/, '/assets').replace(/^services\/(\w+)\/public/, '/$1/assets')
}

function read(address: string): string | undefined {
  const file = address
    .replace(/^\/assets\/vendor\/htm-preact.js/, 'node_modules/htm/preact/standalone.module.js')
    .replace(/^\/assets\/vendor\/eventsource-parser/, 'node_modules/eventsource-parser/dist')
    .replace(/^\/assets/, 'shared/web/public')
    .replace(/^\/(\w+)\/assets/, 'services/$1/public')
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

it('the answers of the docs page are read once', () => expect(readAnswers()).toBe(readAnswers()))

it('what stands on every page is written in one place', () => {
  for (const file of filesIn('.html'))
    expect([file, readFileSync(file, 'utf8')]).toEqual([
      file,
      expect.not.stringMatching(/<meta charset|<html|id="top"/),
    ])
})
