import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals'
import type { Browser as Chromium, Page } from 'playwright-core'
import { Browser, type Look, program, startChromium } from './browser.ts'
import { Shop } from './shop.ts'

const OPENING_MS = 120_000
const TOKEN = 'token-of-the-test'
const SEEN = { WITHOUT: 'webhooks', OPEN_DOOR: 'false' } // nobody sees what these do, unless a file is about them
export const CARD = {
  pays: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  asksToConfirm: 'pm_card_authenticationRequired',
}

/** Describes what is seen in a browser; where there is no Chromium the name says why nothing is. */
export const describeInBrowser = (name: string, tests: () => void): void =>
  program === undefined ? describe.skip(`${name} (skipped: no Chromium on this machine)`, tests) : describe(name, tests)

/** A whole shop and a Chromium for the tests of a file, and for each visit a browser with nothing in it. */
export function usePages(env: NodeJS.ProcessEnv = {}): PagesRig {
  const rig = new PagesRig(env)
  beforeAll(() => rig.open(), OPENING_MS)
  afterEach(() => rig.leave())
  afterAll(() => rig.close())
  return rig
}

class PagesRig {
  shop = null as unknown as Shop // from the first test on
  browser: Browser | undefined
  #chromium = null as unknown as Chromium
  readonly #env: NodeJS.ProcessEnv

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env
  }

  async open(): Promise<void> {
    ;[this.shop, this.#chromium] = await Promise.all([Shop.open({ ...SEEN, ...this.#env }), startChromium()])
  }

  async close(): Promise<void> {
    await Promise.all([this.shop?.close(), this.#chromium?.close()])
  }

  async leave(): Promise<void> {
    await this.browser?.close()
    this.browser = undefined
  }

  /** Where the gateway sends customers back to, so it must be where they came from. */
  get #address(): string {
    return String(this.shop.fact('launcher', 'launcher.ready')?.url)
  }

  /** Opens a page, in a new browser. */
  async visit(path: string, look?: Look): Promise<Page> {
    await this.leave()
    this.browser = await Browser.open(this.#chromium, look)
    return this.goOn(path)
  }

  /** Opens a page in the same browser. */
  async goOn(path: string): Promise<Page> {
    if (this.browser === undefined) throw new Error('there is no browser yet')
    await this.browser.page.goto(this.#address + path)
    return this.browser.page
  }

  async visitShop(look?: Look): Promise<Page> {
    const page = await this.visit('/', look)
    await page.waitForSelector('.card h2')
    return page
  }

  async visitPaidOrder(look?: Look): Promise<Page> {
    const page = await this.visit(this.shop.linkTo(await this.shop.place()), look)
    await page.waitForSelector('.state[data-state=paid]')
    return page
  }

  async enterRoom(look?: Look): Promise<Page> {
    const page = await this.visit(`/control?token=${TOKEN}`, look)
    await page.waitForSelector('[data-process=payment][data-look=up]')
    return page
  }

  expectNoComplaints(): void {
    expect(this.browser?.complaints).toEqual([])
  }

  async expectNoSidewaysScrolling(): Promise<void> {
    expect(await this.browser?.sidewaysPx()).toBe(0)
  }
}

/** Puts the first product into the cart and orders it; `way` is a card, `hosted` or `later`. */
export async function order(page: Page, way: string): Promise<void> {
  await page.click('.card .add >> nth=0')
  await page.check(`input[value=${way}]`)
  await page.click('form button[type=submit]')
  if (way !== 'hosted') await page.waitForURL(/\/orders\/[\w-]+#[\w-]{22}$/) // with it the page may be left already
}

/** The id of the order whose page this is. */
export const idIn = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? ''

type Finding = { id: string; impact: string; html: string }

/** In the page: what is left of the answer is small, and axe-core does not name all that it found in order. */
const FIND = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => ({ id, impact, html }))))`

/** What axe-core finds serious or worse. */
export async function graveFindings(page: Page): Promise<string[]> {
  const found = await find(page)
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(say)
}

/** All that axe-core finds. */
export const allFindings = async (page: Page): Promise<string[]> => (await find(page)).map(say)

async function find(page: Page): Promise<Finding[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  return page.evaluate<Finding[]>(FIND)
}

const say = ({ id, html }: Finding) => `${id}: ${html.slice(0, 160)}`
