import { afterEach, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInBrowser, graveFindings, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const SCREEN = { width: 1_280, height: 720 }
const DRAWN = { state: 'attached' } as const // a line has no width

describeInBrowser('the stage of the control room', () => {
  const pages = usePages()
  afterEach(() => pages.shop.demo({ action: 'repair' }))

  it('is all on one screen while things are broken on it, and tells what is', async () => {
    const page = await pages.enterRoom(SCREEN)

    await page.click('[aria-label="Stop Payment"]')
    await page.click('[aria-label="Mail server"] [data-mode=down]')
    await page.click('[data-place="100"]')
    await page.waitForSelector('.stop[data-service=payment][data-look=down] .worker:has-text("worker stopped")')
    await page.waitForSelector('.satellite[data-process=mailbox][data-look=warn] .worker:has-text("Down")')
    await page.waitForSelector('.broken-now:has-text("Payment · stopped"):has-text("Mail server · Down")')
    await page.waitForSelector('.flow-chart [data-mark=stop]', DRAWN)
    await page.waitForSelector('.progress:has-text("Done: 100 of 100 accepted.")')

    expect(await page.evaluate(OUTSIDE)).toEqual([])
    expect(await page.evaluate(CUT)).toEqual([])
    expect(await page.evaluate(SCROLLS)).toEqual([0, 0])
    expect(await page.title()).toMatch(/^\(\d+\) Control room/)
    pages.expectNoComplaints()
  })

  it('mends all that is broken with one button, and says what that was', async () => {
    const page = await pages.enterRoom(SCREEN)
    await page.click('[aria-label="Stop Payment"]')
    await page.click('[aria-label="Pause Inventory"]')
    await page.click('[aria-label="Payment gateway"] [data-mode=loses]')
    await page.waitForSelector('.broken-now:has-text("Inventory · paused")')
    await page.waitForSelector('.satellite[data-process=payment-gateway][data-look=warn]')

    await page.click('.repair')

    await page.waitForSelector(
      '.said:has-text("Started: Payment."):has-text("Works again: Payment gateway."):has-text("Resumed: Inventory.")',
    )
    await page.waitForSelector('.broken-now:has-text("Nothing is broken.")')
    await page.waitForSelector('.flow-chart [data-mark=repair]', DRAWN)
    pages.expectNoComplaints()
  })

  it('shows a newcomer when it was that something was broken, and which processes died', async () => {
    await pages.enterRoom(SCREEN)
    await pages.shop.demo({ action: 'flush' })
    pages.shop.kill('services/notification')
    await until(() => pages.shop.fact('launcher', 'process.died'), { what: 'the launcher to see the death' })

    const page = await pages.enterRoom(SCREEN)

    await page.waitForSelector('.flow-chart [data-mark=flush]', DRAWN)
    await page.waitForSelector('.flow-chart [data-mark=died]', DRAWN)
    expect(await page.locator('.mark-name').allTextContents()).toContain('Notification died')
  })

  it('is worked by keys at the station that has the focus, and never while somebody types', async () => {
    const page = await pages.enterRoom(SCREEN)
    await page.focus('.stop[data-service=payment] h3 a')
    await page.keyboard.press('s')
    await page.waitForSelector('.stop[data-service=payment][data-state=stopped]')
    await page.keyboard.press('r')
    await page.waitForSelector('.stop[data-service=payment][data-look=up]')

    await page.keyboard.press('4')
    await page.fill('.log input', '')
    await page.type('.log input', 'krs?1')

    expect(await page.evaluate('location.hash')).toContain('#/log')
    expect(await page.inputValue('.log input')).toBe('krs?1')
    expect(await page.locator('dialog[open]').count()).toBe(0)
    await page.focus('.views a >> nth=0')
    await page.keyboard.press('?')
    await page.waitForSelector('dialog[open]')
  })

  it('has an address for each view, and Back leads to where one was', async () => {
    const page = await pages.enterRoom({ width: 375, height: 700 })
    const link = page.locator('.stop[data-service=notification] h3 a')
    await link.scrollIntoViewIfNeeded()
    const before = await page.evaluate<number>('scrollY')
    await link.click()
    await page.waitForSelector('[data-view=queue] h2')
    expect(await page.evaluate('location.hash')).toBe('#/queue/notification')

    await page.goBack()

    await until(async () => (await page.evaluate<number>('scrollY')) === before, {
      what: 'the place to be found again',
    })
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#/queue/notification')
  })

  it('tells the truth about an order service that is stopped, at the address of the room', async () => {
    await pages.shop.place()
    const page = await enterItself()

    await page.click('[aria-label="Stop Order"]')

    await page.waitForSelector('.stop[data-service=order][data-look=down] .worker:has-text("worker stopped")')
    await page.waitForSelector('.flow-chart .as-of:has-text("Order does not answer")')
    await page.click('.repair')
    await page.waitForSelector('.stop[data-service=order][data-look=up]')
    await page.waitForSelector('.flow-chart .as-of', { state: 'detached' })
  })

  it.each([
    ['light', 'en-GB'],
    ['dark', 'en-GB'],
    ['light', 'zh-CN'],
    ['dark', 'zh-CN'],
  ] as const)('has no serious findings of axe-core, %s and in %s', async (scheme, locale) => {
    const page = await pages.enterRoom({ ...SCREEN, scheme, locale })
    await page.click('.stop[data-service=payment] [data-does=stop]')
    await page.waitForSelector('.stop[data-service=payment][data-look=down]')

    expect(await graveFindings(page)).toEqual([])
    expect(await page.evaluate(SCROLLS)).toEqual([0, 0])
    await page.click('.repair')
    for (const view of ['peaks', 'workers', 'orders', 'log']) {
      await page.click(`.views a[href="#/${view}"]`)
      await page.waitForSelector(`[data-view=${view}] h2`)
      expect(await graveFindings(page)).toEqual([])
    }
  })

  const enterItself = async (): Promise<Page> => {
    const page = await pages.visit('/')
    await page.goto(`${pages.shop.urlOf('control')}/control?token=token-of-the-test`)
    await page.waitForSelector('[data-process=payment][data-look=up]')
    return page
  }
})

/** What of the stage is not in the window. */
const OUTSIDE = `['.strip', '.pipeline-box', '.break', '.charts', '.repair', ...[...document.querySelectorAll('.stop')].map((one) => \`[data-service=\${one.dataset.service}]\`)]
  .filter((part) => {
    const { top, left, bottom, right } = document.querySelector(part).getBoundingClientRect()
    return top < 0 || left < 0 || bottom > innerHeight || right > innerWidth
  })`

/** What is cut off without a sign of it: only a block draws its ellipsis. */
const CUT = `[...document.querySelectorAll('.pipeline-box :not(:has(*), .unseen)')]
  .filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
  .filter((part) => {
    const { overflowX, textOverflow, display } = getComputedStyle(part)
    return overflowX === 'hidden' && (textOverflow !== 'ellipsis' || display !== 'block')
  })
  .map(({ outerHTML }) => outerHTML)`

/** How far the page, and the panel of what can be broken, can be scrolled (px). */
const SCROLLS = `[document.documentElement.scrollHeight - innerHeight,
  Math.max(0, document.querySelector('.break').scrollHeight - document.querySelector('.break').clientHeight - 1)]`
