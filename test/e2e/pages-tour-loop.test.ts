import { expect, it } from '@jest/globals'
import { Redis } from 'ioredis'
import type { Page } from 'playwright-core'
import { tutorialKey } from '../../shared/keys.ts'
import { describeInBrowser, graveFindings, usePages } from '../pages-rig.ts'
import { PREFIX } from '../redis-server.ts'
import { until } from '../until.ts'

const TRIED_MS = 180_000 // each of five breaks, repaired
const SCREEN = { width: 1280, height: 720 }
const SEEN = { timeout: 30_000 }

describeInBrowser('the tutorial’s loop on the tour', () => {
  const pages = usePages({ WITHOUT: 'accounts,sale,live,webhooks' })

  const enter = async (locale: string): Promise<Page> => {
    await pages.enterRoom({ ...SCREEN, locale })
    // who comes within four seconds goes on where the last visitor was
    await until(() => !isRunning('tutorial/consumer') && !isRunning('tutorial/producer'), {
      what: 'nobody to be there',
    })
    const page = await pages.goOn('/tour#loop')
    await page.click('.main-deed:enabled', SEEN)
    await page.waitForSelector('.guide[data-phase=guess]', SEEN)
    return page
  }
  /** Breaks both sides, repairs what stays broken, and waits until it is seen what came of it. */
  const breakBoth = async (page: Page, kind: string, guess: string) => {
    await page.check(`input[name=break][value=${kind}]`)
    await page.check(`input[name=guess][value=${guess}]`)
    await page.keyboard.press('k')
    await page.waitForSelector(
      `.matrix tr[data-break=${kind}] td:not([data-fate=open]) + td:not([data-fate=open])`,
      SEEN,
    )
    await page.waitForSelector('.came-of-it .still, .guide[data-phase=seen]', SEEN)
    await page.keyboard.press('r') // where it is over there is nothing to repair
    await page.waitForSelector('.guide[data-phase=seen]', SEEN)
    const fates = page.locator(`.matrix tr[data-break=${kind}] td`)
    return fates.evaluateAll<(string | undefined)[], HTMLElement>((cells) => cells.map((cell) => cell.dataset.fate))
  }
  const next = async (page: Page) => {
    await page.click('.again')
    await page.waitForSelector('.guide[data-phase=guess]')
  }
  const isWithoutScrolling = (page: Page) =>
    page.evaluate(
      'document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth',
    )

  it(
    'loses by name what ours does not, in each of the ways to break both',
    async () => {
      const page = await enter('en-GB')
      expect(await page.textContent('.by-name li')).toMatch(
        /^Nothing failed\. From accepted to done: tutorial \d+ ms, Orderline /,
      )

      expect((await breakBoth(page, 'popped', 'lost'))[0]).toBe('lost')
      expect(await page.textContent('.came-of-it')).toContain('As you said, in the tutorial’s loop: lost.')
      expect(await page.textContent('.by-name li[data-fate=lost]')).toMatch(
        /^OL-\d+ · Tutorial: popped [\d:.]+ · killed [\d:.]+ · in no list, in no table · the customer was told: accepted$/,
      )
      await next(page)
      expect((await breakBoth(page, 'charged', 'lost'))[0]).toBe('lost')
      expect(await page.textContent('.by-name li[data-fate=lost]')).toContain('charged once')
      await next(page)
      expect((await breakBoth(page, 'flush', 'lost'))[0]).toBe('lost')
      await next(page)
      expect((await breakBoth(page, 'answer', 'twice'))[0]).toBe('twice')
      expect(await page.textContent('.by-name li[data-fate=twice]')).toContain('charged 2 times')
      await next(page)
      expect((await breakBoth(page, 'poison', 'late'))[0]).toBe('late')

      const ours = page.locator('.matrix td:nth-child(3)')
      expect(await ours.evaluateAll((cells) => cells.map((cell) => cell.dataset.fate))).toEqual(
        Array(5).fill(expect.stringMatching(/^(late|nothing)$/)),
      )
      expect(await page.textContent('.question output')).toBe('Tutorial 5, Orderline 0')
      expect(await isWithoutScrolling(page)).toBe(true)
      expect(await graveFindings(page)).toEqual([])
      await next(page)
      expect(await page.isChecked('input[name=break][value=popped]')).toBe(true)
      expect(await page.locator('input[name=guess]:checked').count()).toBe(0) // what was said was about that time
      pages.expectNoComplaints()
    },
    TRIED_MS,
  )

  it(
    'says at a gap who still knows: nobody there, the sender’s outbox here, in Chinese too',
    async () => {
      const page = await enter('zh-CN')
      await page.click('.views button >> nth=1')

      await page.click('.skull[aria-label*="消费者，BRPOP 之后"]')
      const left = page.locator('.gaps li[data-known=false] output')
      await until(async () => (await left.textContent()) === '没有人')
      await page.click('.skull[aria-label*="支付，扣款之后"]')
      const right = page.locator('.gaps li[data-known=true] output')
      await until(async () => (await right.textContent())?.startsWith('库存的发件箱'))

      expect(await isWithoutScrolling(page)).toBe(true)
      expect(await graveFindings(page)).toEqual([])
      pages.expectNoComplaints()
    },
    TRIED_MS,
  )

  it(
    'is gone when nobody looks: its programs end, and so does what they had in Redis',
    async () => {
      const page = await enter('en-GB')
      const running = () => ['producer', 'consumer'].filter((part) => isRunning(`tutorial/${part}`))
      expect(running()).toEqual(['producer', 'consumer'])
      expect(await inRedis()).toBe(1) // the statuses; nothing waits

      await page.goto('about:blank')

      await until(() => running().length === 0, { what: 'the tutorial to be gone' })
      await until(async () => (await inRedis()) === 0, { what: 'its list and its hash to be gone' })
    },
    TRIED_MS,
  )

  async function inRedis(): Promise<number> {
    const redis = new Redis(pages.shop.redisUrl(), { keyPrefix: `${PREFIX}:` })
    return redis.exists(tutorialKey('myqueue'), tutorialKey('message_status')).finally(() => redis.disconnect())
  }

  function isRunning(part: string): boolean {
    try {
      return pages.shop.pid(part) > 0
    } catch {
      return false
    }
  }
})
