import { existsSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { guestFlagIn } from '../../shared/guest.ts'
import { describeInBrowser, graveFindings, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const BREAK_MS = 60_000
const looks = [
  { scheme: 'light', locale: 'en-GB' },
  { scheme: 'dark', locale: 'en-GB' },
  { scheme: 'light', locale: 'zh-CN' },
  { scheme: 'dark', locale: 'zh-CN' },
] as const

/** In the page: all that was ever said of what came of a break, were it for a moment. */
const KEEP_WHAT_CAME = `window.came = [];
  new MutationObserver(() => came.push(document.querySelector('.came-of-it')?.textContent ?? ''))
    .observe(document.body, { subtree: true, childList: true, characterData: true })`

describeInBrowser('the tour', () => {
  const pages = usePages()
  const enter = async (station: string, look = {}) => {
    await pages.enterRoom({ width: 1280, height: 720, ...look })
    const page = await pages.goOn(`/tour#${station}`)
    await page.waitForSelector('.main-deed')
    return page
  }
  it('follows one order, kills payment after the charge, and sees it charged once by the gateway’s own book', async () => {
    const page = await enter('order')
    await page.click('.main-deed')
    await page.waitForSelector('[data-phase=guess]')
    await page.waitForSelector('.row[data-place=settled]')

    await page.check('input[value=charged]')
    await page.check('input[value=late]')
    await page.waitForSelector('[data-key=k]:enabled')
    await page.evaluate(KEEP_WHAT_CAME)
    await page.keyboard.press('k')
    await page.waitForSelector('[data-phase=seen]', { timeout: BREAK_MS })

    const came = await page.evaluate<string[]>('came')
    expect(came.at(-1)).toContain('As you said')
    expect(came.filter((text) => text.includes('predicted right') && !text.includes('1 of 1'))).toEqual([])
    expect(await page.textContent('.question output')).toBe('1')
    expect(await page.locator('.row .what b').first().textContent()).toBe('×2')
    await page.waitForSelector('.stamp[data-look=well]', { timeout: BREAK_MS })
    expect(await page.textContent('.code-strip figcaption')).toMatch(/(shared|services)\/[\w/-]+\.ts:\d+/)
    expect(await page.locator('.commands li').count()).toBeGreaterThan(3)
    expect(await page.getAttribute('.stations a[aria-current]', 'data-done')).toBe('true')
    pages.expectNoComplaints()
  }, 120_000)

  it('holds the picture, goes through it step by step, and opens a message as it lay in its list', async () => {
    const page = await enter('order')
    await page.click('.main-deed')
    await page.waitForSelector('.row[data-place=settled]')

    await page.click('.holding button >> nth=0')
    const before = await page.textContent('.holding [role=status]')
    await page.click('.holding button >> nth=1')
    expect(await page.textContent('.holding [role=status]')).not.toBe(before)
    await page.click('.dot-at >> nth=0')

    expect(await page.textContent('.letter pre')).toContain('"name": "order.placed"')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.letter', { state: 'detached' })
    pages.expectNoComplaints()
  })

  it('signs up in three ways, of which the queue is the quickest, and delivers once though the gateway was away', async () => {
    const page = await enter('registration')
    await page.click('.main-deed')
    await page.waitForSelector('[data-phase=guess]', { timeout: BREAK_MS })
    const [serial = 0, parallel = 0, queue = 0] = (await page.locator('.stopwatch').allTextContents()).map(msIn)
    expect(serial).toBeGreaterThan(2_900)
    expect(parallel).toBeGreaterThan(1_400)
    expect(queue).toBeLessThan(1_400)

    await page.check('input[value=away]')
    await page.check('input[value=late]')
    await page.waitForSelector('[data-key=k]:enabled')
    await page.keyboard.press('k')
    await page.waitForSelector('.desk[data-way=broken][data-look=answered]')
    await page.waitForSelector('.letter-in')
    expect(await page.locator('.bubble').count()).toBe(0)
    await page.waitForSelector(
      '.came-of-it:has-text("stays so until you repair it") .seen:has-text("only once you repair")',
    )
    await page.keyboard.press('r')
    await page.waitForSelector('.came-of-it:has-text("Repaired.")')
    await page.waitForSelector('[data-phase=seen]', { timeout: BREAK_MS })

    expect([await page.locator('.letter-in').count(), await page.locator('.bubble').count()]).toEqual([1, 1])
    expect(msIn((await page.textContent('.question output')) ?? '')).toBeLessThan(1_400)
    pages.expectNoComplaints()
  }, 180_000)

  it('lets a subscriber in while the shop runs, which is told all that was before, and forgotten with the page', async () => {
    const page = await enter('bus')
    await page.click('.main-deed')
    await page.waitForSelector('[data-phase=guess]', { timeout: BREAK_MS })
    expect(await page.textContent('.diff ins')).toContain("'loyalty']")

    await page.check('input[value=kill]')
    await page.check('input[value=late]')
    await page.waitForSelector('[data-key=k]:enabled')
    await page.keyboard.press('k')
    await page.waitForSelector('[data-phase=broken]')
    await page.waitForSelector('.picture-head dd:has-text("stopped")')
    await page.keyboard.press('r')
    await page.waitForSelector('[data-phase=seen]', { timeout: BREAK_MS })

    expect(Number(await page.textContent('.question output'))).toBeGreaterThan(20)
    pages.expectNoComplaints()
    await page.goto('about:blank')
    await until(() => !existsSync(guestFlagIn(pages.shop.dataDir)), { timeoutMs: BREAK_MS, what: 'it to have gone' })
    await pages.shop.reaches('paid', await pages.shop.place())
  }, 180_000)

  it('mends what was broken when its page has gone', async () => {
    const page = await enter('order')
    await page.click('.main-deed')
    await page.waitForSelector('[data-phase=guess]')
    await page.check('input[value=twice]')
    await page.check('input[value=nothing]')
    await page.click('.danger-deed')
    await until(() => pages.shop.fact('payment', 'stopped'), { what: 'payment to be stopped' })
    const backs = () => pages.shop.facts.filter(({ msg, name }) => msg === 'process.back' && name === 'payment').length
    const before = backs()

    await page.goto('about:blank')

    await until(() => backs() > before, { timeoutMs: BREAK_MS, what: 'payment to be back' })
  }, 120_000)

  it('is taken by the keyboard alone', async () => {
    const page = await enter('registration')
    await page.keyboard.press('ArrowRight')
    await page.waitForSelector('.guide[aria-label=Orders] .main-deed')
    await page.focus('.main-deed')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-phase=guess]')
    await page.focus('.guesses input >> nth=0')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await page.isChecked('input[value=late]')).toBe(true)
    await page.waitForSelector('[data-key=k]:enabled')
    await page.keyboard.press('k')

    await page.waitForSelector('[data-phase=seen]', { timeout: BREAK_MS })
    pages.expectNoComplaints()
  }, 120_000)

  it.each(looks)(
    'is one screen, and without serious findings, in $locale and $scheme',
    async (look) => {
      for (const station of ['registration', 'order', 'bus']) {
        const page = await enter(station, look)
        expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBeLessThanOrEqual(0)
        await page.click('.why summary')
        expect(await graveFindings(page)).toEqual([])
        pages.expectNoComplaints()
      }
    },
    120_000,
  )

  it('scrolls nothing sideways on a phone', async () => {
    for (const station of ['registration', 'order', 'bus']) {
      await enter(station, { width: 320, height: 640 })
      await pages.expectNoSidewaysScrolling()
    }
  }, 120_000)

  it('says what is missing where a shop runs without it, and that nobody answers while control is away', async () => {
    const page = await enter('order')
    await page.route('**/api/admin/session', async (route) => {
      const answer = await route.fetch()
      const session = await answer.json()
      await route.fulfill({
        json: { ...session, services: session.services.filter((one: string) => one !== 'accounts') },
      })
    })
    await page.reload()
    await page.click('.stations a[href="#registration"]')
    await page.waitForSelector('.placeholder:has-text("Accounts")')
    await page.unroute('**/api/admin/session')

    await page.click('.stations a[href="#order"]')
    await page.waitForSelector('.main-deed')
    await kill(page, 'control')
    await page.waitForSelector('.live-picture .notice:visible')
    await page.waitForSelector('.live-picture .notice', { state: 'hidden', timeout: BREAK_MS })
  }, 120_000)
})

const kill = (page: Page, name: string) =>
  page.evaluate(
    `fetch('/api/admin/demo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"action":"kill","name":"${name}"}' })`,
  )

/** `1.2 s` or `45 ms`, as it stands on the screen. */
function msIn(text: string): number {
  const [figure = '0', unit] = text.split(' ')
  return Number(figure) * (unit === 's' ? 1_000 : 1)
}
