import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInBrowser, graveFindings, usePages } from '../pages-rig.ts'

const DEED_MS = 120_000
const BREAK_MS = 120_000
const TEST_MS = 400_000

describeInBrowser('the stations of the tour where many come', () => {
  const pages = usePages()

  const enter = async (station: string, look: object = {}): Promise<Page> => {
    await pages.enterRoom({ width: 1280, height: 720, ...look })
    const page = await pages.goOn(`/tour#${station}`)
    await page.waitForSelector('.main-deed')
    return page
  }
  const doIt = async (page: Page) => {
    await page.click('.main-deed')
    await page.waitForSelector('[data-phase=guess]', { timeout: DEED_MS })
  }
  /** Breaks it, says what will come of it, and waits until that is seen. Returns what was seen. */
  const breakIt = async (page: Page, id: string, guess: string): Promise<string> => {
    await page.check(`input[name=break][value=${id}]`)
    await page.check(`input[name=guess][value=${guess}]`)
    await page.keyboard.press('k')
    await page.waitForSelector('[data-phase=seen]', { timeout: BREAK_MS })
    const seen = (await page.textContent('.came-of-it')) ?? ''
    expect(seen).toContain('As you said')
    return seen
  }
  const figure = (page: Page) => page.textContent('.question output')
  const next = (page: Page) => page.click('.ending button')

  it(
    'sells a hundred units to a crowd, whatever is broken, and more where nobody stands in line',
    async () => {
      const page = await enter('sale')
      await page.selectOption('.tour-sale select', '500')
      await doIt(page)
      await page.waitForSelector('.sold[data-over=true]:has-text("all 100")')

      expect(await breakIt(page, 'flush', 'late')).toContain('100 of 100')
      expect(await figure(page)).toBe('100 of 100')
      await next(page)
      expect(await breakIt(page, 'naive', 'twice')).toMatch(/\d+ orders were written for 100/)
      expect(await figure(page)).toMatch(/^100 of 100; without a queue [1-9]\d\d/)
      pages.expectNoComplaints()
      await next(page)
      expect(await breakIt(page, 'deadline', 'late')).toContain('100 of 100') // order's door is the page's: it complains
      await page.waitForSelector('.stamp[data-look=well]', { timeout: BREAK_MS })
    },
    TEST_MS,
  )

  it(
    'lets a mountain of load in and out, refuses none of it, and most of its peak without a queue',
    async () => {
      const page = await enter('peaks')
      await page.focus('.board input >> nth=0')
      await page.keyboard.press('ArrowUp')
      await page.waitForSelector('.wish .small:has-text("130 orders")')
      await doIt(page)

      expect(await breakIt(page, 'tenth', 'late')).toContain('130 of 130 taken, 130 paid, 0 refused')
      await next(page)
      expect(await breakIt(page, 'straight', 'lost')).toMatch(/[1-9]\d* refused/)
      expect(await figure(page)).toMatch(/^0 of 130 with the queue, [1-9]\d* without$/)
      await page.waitForSelector('.stamp[data-look=well]', { timeout: BREAK_MS })
      pages.expectNoComplaints()
    },
    TEST_MS,
  )

  it(
    'finds the lines of orders that were placed while nobody collected lines, and misses none',
    async () => {
      const page = await enter('logs')
      await doIt(page)
      expect(await page.locator('.story .log-lines li').count()).toBeGreaterThan(5)
      await page.selectOption('.log-standing select', '5')

      expect(await breakIt(page, 'stop', 'late')).toContain('0 missing')
      await next(page)
      expect(await breakIt(page, 'kill', 'late')).toContain('0 missing')
      expect(await figure(page)).toBe('0')
      pages.expectNoComplaints()
    },
    TEST_MS,
  )

  it(
    'tells a crowd all that was said while it could not be told, and counts what was lost without a log',
    async () => {
      const page = await enter('pubsub')
      await page.selectOption('.pubsub select', '100')
      await doIt(page)
      expect(await page.textContent('[data-side=ours] [data-figure=told] dd')).toBe('600')

      for (const broken of ['kill', 'cut']) {
        expect(await breakIt(page, broken, 'late')).toMatch(
          /listeners missed 0; those of the plain server missed [1-9]/,
        )
        await next(page)
      }
      expect(await breakIt(page, 'away', 'late')).toContain('has heard 6 of 6')
      expect(await figure(page)).toMatch(/^0 with the log, [1-9]/)
      pages.expectNoComplaints()
    },
    TEST_MS,
  )

  it.each(['en-GB', 'zh-CN'])(
    'read well on a phone, without grave findings, in %s',
    async (locale) => {
      for (const station of ['sale', 'peaks', 'logs', 'pubsub']) {
        const page = await enter(station, { width: 320, height: 700, locale })
        expect([station, await graveFindings(page)]).toEqual([station, []])
        expect(await page.textContent('.stage')).not.toMatch(/tour\.\w+\./) // each word is there
        await pages.expectNoSidewaysScrolling()
      }
    },
    TEST_MS,
  )
})
