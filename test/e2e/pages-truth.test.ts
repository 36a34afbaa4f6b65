import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInBrowser, graveFindings, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const SERVER = 'services/control' // of the room

describeInBrowser('what the control room shows', () => {
  const pages = usePages()

  it('is that the session has ended, until the token is given again', async () => {
    const page = await pages.enterRoom()
    await page.context().clearCookies()

    await page.click('[data-mode=slow] >> nth=0')
    await page.waitForSelector('.pulse[data-look=ended]')
    expect(new Set(await looks(page))).toEqual(new Set(['unknown']))
    expect(await graveFindings(page)).toEqual([])
    await page.fill('.ended input', 'token-of-the-test')
    await page.click('.ended button')

    await page.waitForSelector('.pulse[data-look=live]')
    await page.waitForSelector('.stop[data-service=order][data-look=up]')
    expect(await page.locator('.ended').count()).toBe(0)
  })

  it('is what is broken now, at the one who needs it, and nothing once it is well again', async () => {
    const page = await pages.enterRoom()

    await page.click('[aria-label="Mail server"] [data-mode=down]')
    await page.waitForSelector('.stop[data-service=notification][data-look=warn]')
    await page.waitForSelector('[data-process=mailbox][data-look=warn]')
    expect(await page.textContent('.broken-now')).toBe('Broken now: Mail server · Down.')
    await page.click('[aria-label="Mail server"] [data-mode=well]')

    await page.waitForSelector('.broken-now:has-text("Nothing is broken.")')
    await page.waitForSelector('.stop[data-service=notification][data-look=up]')
    pages.expectNoComplaints()
  })

  it('is what was known last while Redis is away, and how old that is', async () => {
    const page = await pages.enterRoom()
    await page.click('text=Push 4 broken messages')
    await page.waitForSelector('.stop[data-service=inventory] [data-fact=dead].some')

    await page.click('[aria-label="Stop Redis"]')
    await page.waitForSelector('.stop[data-service=inventory][data-look=unknown] .worker:has-text("unknown for")')
    expect(await page.textContent('.stop[data-service=inventory] [data-fact=dead] dd')).toBe('4')
    await page.click('.views a[href="#/letters"]')
    await page.waitForSelector('.letters summary >> nth=3') // it is in inventory's file, and inventory is there
    await page.reload()
    await page.waitForSelector('.letters summary >> nth=3')
    await page.click('.views a[href="#/"]')
    await page.click('[aria-label="Start Redis"]')

    await until(async () => (await looks(page)).every((look) => look === 'up'), { what: 'every lamp to be lit again' })
  })

  it('is nothing of this moment while nothing is heard', async () => {
    const page = await pages.enterRoom()

    pages.shop.kill(SERVER, 'SIGSTOP')
    await page.waitForSelector('.pulse[data-look=silent]')
    expect(new Set(await looks(page))).toEqual(new Set(['unknown']))
    expect(await page.textContent('.room-head .as-of')).toMatch(/^What you see is \d.* s old\.$/)
    pages.shop.kill(SERVER, 'SIGCONT')

    await page.waitForSelector('.pulse[data-look=live]')
    await page.waitForSelector('.room-head .as-of', { state: 'hidden' })
  })

  it('is how placing orders has ended', async () => {
    const page = await pages.enterRoom()

    await page.click('[data-place="1"]')

    await page.waitForSelector('.progress:has-text("Done: 1 of 1 accepted.")')
    expect(await page.isEnabled('[data-place="1"]')).toBe(true)
    pages.expectNoComplaints()
  })

  it.each([320, 375, 1_280])('fits %i px, whatever customers are called', async (width) => {
    const id = await pages.shop.place({ name: 'W'.repeat(100) })
    const page = await pages.enterRoom({ width, height: 720 })

    await pages.expectNoSidewaysScrolling()
    expect(await page.evaluate(WIDENED)).toEqual([])
    await page.click('.views a[href="#/orders"]')
    await page.waitForSelector(`.orders a[href^="/orders/${id}"]`)

    await pages.expectNoSidewaysScrolling()
    expect(await page.evaluate(WIDENED)).toEqual([])
  })
})

/** The parts of the room whose content is wider than they are. */
const WIDENED = `[...document.querySelectorAll('.part, .part-box, .strip, .break, .stop, .satellite, .chart')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)`

/** What the lamps of the stations show, from left to right. */
async function looks(page: Page): Promise<(string | null)[]> {
  const stations = await page.locator('.stop').all()
  return Promise.all(stations.map((station) => station.getAttribute('data-look')))
}
