import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { audit } from '../../audit/audit.ts'
import type { Look } from '../browser.ts'
import { type ShownPage, shownPages, shownStations, shownViews } from '../page-list.ts'
import { allFindings, describeInBrowser, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const LOOK_MS = 600_000 // all pages of one look, on a machine that has other things to do, too
const TOUR_MS = 900_000 // all stations, each broken and repaired
const STATION_MS = 180_000
const AUDIT_MS = 90_000 // work may be under way, which is nothing wrong once it is done
const AGAIN_MS = 3_000
const PHONE = { width: 320, height: 640 }
const SCREEN = { width: 1280, height: 720 }
const PASSWORD = 'correct horse battery'
/** What a browser says of an answer that is what the page is about: that there is no such page, that nobody is signed in. */
const EXPECTED = /^Failed to load resource: the server responded with a status of (401|404)/
/** The same once a station has been broken: whoever was killed is asked all the same. */
const EXPECTED_BROKEN = /^Failed to load resource: the server responded with a status of (401|404|503)/

const looks = (['en-GB', 'zh-CN'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    [PHONE, SCREEN].map((size) => ({ locale, scheme, ...size }) satisfies Look),
  ),
)

describeInBrowser('every page, in every look,', () => {
  const pages = usePages()
  const paths = new Map<string, string>()
  const pathOf = async ({ name, pathIn }: ShownPage): Promise<string> => {
    const path = paths.get(name) ?? (await pathIn(pages.shop))
    paths.set(name, path)
    return path
  }

  const show = async (shown: ShownPage): Promise<Page> => {
    const page = await pages.goOn(await pathOf(shown))
    await page.waitForSelector(shown.shows)
    return page
  }
  /** What is wrong with what is shown, with the name of where that is. */
  const wrongWith = async (name: string): Promise<string[]> => {
    const page = pages.browser?.page
    if (page === undefined) throw new Error('nothing is shown')
    await page.evaluate(ARRIVED)
    const expected = /, (broken|seen to be broken|seen)$/.test(name) ? EXPECTED_BROKEN : EXPECTED
    const cut = await page.evaluate<string[]>(CUT)
    const complaints = pages.browser?.complaints.splice(0) ?? []
    const sideways = await pages.browser?.sidewaysPx()
    return [
      ...(await allFindings(page)),
      ...cut.map((html) => `cut off: ${html}`),
      ...(sideways === 0 ? [] : [`scrolls ${sideways} px sideways`]),
      ...complaints.filter((one) => !expected.test(one)).map((one) => `complains: ${one}`),
    ].map((finding) => `${name}: ${finding}`)
  }
  const wrongWithAll = async (all: ShownPage[]): Promise<string[]> => {
    const findings: string[] = []
    for (const shown of all) {
      await show(shown)
      findings.push(...(await wrongWith(shown.name)))
    }
    return findings
  }

  const signUp = async (email: string) => {
    const answer = await pages.shop.send('/api/accounts', { name: 'Mia', email, password: PASSWORD, language: 'en' })
    expect(answer.status).toBe(202)
  }
  const signIn = async (page: Page, email: string) => {
    await pages.goOn('/account/sign-in')
    await page.fill('#email', email)
    await page.fill('#password', PASSWORD)
    await page.click('button[type=submit]')
    await page.waitForSelector('#my-orders')
  }

  it.each(looks)(
    'fits, is read by everybody, and complains of nothing: $locale, $scheme, $width px',
    async (look) => {
      const open = shownPages.filter(({ isAdmins }) => !isAdmins)
      const page = await pages.visit('/healthz', look)
      const findings = await wrongWithAll(open)
      const email = `mia.${look.locale}.${look.scheme}.${look.width}@example.com`
      await signUp(email)
      await signIn(page, email)
      findings.push(...(await wrongWith('an account')))

      await pages.enterRoom(look)
      const admins = [...shownPages.filter(({ isAdmins }) => isAdmins), ...shownViews, ...shownStations]
      findings.push(...(await wrongWithAll(admins)))

      expect(findings).toEqual([])
    },
    LOOK_MS,
  )

  it.each(looks)(
    'fits while it is broken: the control room, $locale, $scheme, $width px',
    async (look) => {
      const page = await pages.enterRoom(look)
      for (const action of [{ action: 'stop', name: 'payment' }, { action: 'mailbox', mode: 'down' }, BROKEN_MESSAGES])
        expect((await pages.shop.demo(action)).status).toBeLessThan(300)
      await page.waitForSelector('.stop[data-service=payment][data-look=down]')
      await page.waitForSelector('.satellite[data-process=mailbox][data-look=warn]')
      await page.waitForSelector('.views a[href="#/letters"] b')

      const findings = await wrongWith('the control room, broken')

      await pages.shop.demo({ action: 'repair' })
      await page.waitForSelector('.stop[data-service=payment][data-look=up]')
      expect(findings).toEqual([])
    },
    LOOK_MS,
  )

  it.each(looks)(
    'fits at each station while something is done, broken and repaired there: $locale, $scheme, $width px',
    async (look) => {
      const page = await pages.enterRoom(look)
      const findings: string[] = []
      for (const shown of shownStations) {
        await show(shown)
        for await (const phase of goThrough(page)) findings.push(...(await wrongWith(`${shown.name}, ${phase}`)))
      }
      expect(findings).toEqual([])
      await page.goto('about:blank') // and what was lent to it is taken back
      await until(() => expect(audited(pages.shop.dataDir)).toEqual([]) ?? true, { timeoutMs: AUDIT_MS })
    },
    TOUR_MS,
  )
})

/** What the auditor finds beside the dead letters that were made, and the copies that kills explain. */
function audited(dataDir: string): string[] {
  const { findings } = audit(dataDir, { allowDuplicateMails: 20, allowDuplicateSms: 20, allowUnwritten: 20 })
  return findings
    .filter(({ check }) => check !== 'deadLetter')
    .map(({ check, id, detail }) => `${check} ${id} ${detail}`)
}

const BROKEN_MESSAGES = { action: 'garbage', name: 'inventory' }

/** Does what there is to do at a station, breaks the first thing, repairs it, and says at each phase which that is. */
async function* goThrough(page: Page): AsyncGenerator<string> {
  await chooseLeast(page)
  await page.click('.main-deed:enabled')
  yield 'at work'
  await page.waitForSelector('[data-phase=guess]', { timeout: STATION_MS })
  yield 'to be broken'
  await chooseLeast(page)
  await page.check('input[name=guess] >> nth=2')
  await page.click('[data-key=k]:enabled')
  await page.waitForSelector('.came-of-it')
  yield 'broken'
  await page.waitForSelector('.came-of-it :is(.still, .seen), [data-phase=seen]', { timeout: STATION_MS })
  yield 'seen to be broken'
  await repair(page)
  yield 'seen'
}

/** Once more where that was refused, as it may be on a machine that has too much to do; where it is over there is nothing to repair. */
const repair = (page: Page): Promise<boolean> =>
  until(
    async () => {
      if ((await page.getAttribute('.guide', 'data-phase')) === 'seen') return true
      await page.keyboard.press('r')
      throw new Error((await page.textContent('.guide')) ?? '')
    },
    { timeoutMs: STATION_MS, everyMs: AGAIN_MS, what: 'it to be repaired' },
  )

/** The smallest crowd, or the shortest time, where a station asks for it. */
async function chooseLeast(page: Page): Promise<void> {
  const select = page.locator('.live-picture select:visible:enabled')
  if ((await select.count()) > 0) await select.selectOption({ index: 0 })
}

/** In the page: waits until what comes in has come in, for while it fades in nobody can read it yet. */
const ARRIVED = `Promise.all(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime < 2_000)
  .map(({ finished }) => finished.catch(() => {})))`

/** In the page: text that ends outside what it stands in, where one cannot scroll to it and no ellipsis tells of it. */
const CUT = `(() => {
  const clips = ({ overflowX }) => overflowX !== 'visible'
  const edgeOf = (one) => {
    for (let at = one; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.overflowX === 'auto' || style.overflowX === 'scroll') return Infinity
      if (style.textOverflow === 'ellipsis' && clips(style)) return Infinity
      if (at.matches('.unseen, svg, dialog:not([open])')) return Infinity
      if (clips(style)) return at.getBoundingClientRect().right
    }
    return innerWidth
  }
  const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
  const right = (one) => {
    const range = document.createRange()
    range.selectNodeContents(one)
    return Math.max(...[...range.getClientRects()].map((rect) => rect.right), 0)
  }
  return [...document.body.querySelectorAll('*')]
    .filter((one) => hasText(one) && one.checkVisibility({ visibilityProperty: true }) && right(one) > edgeOf(one) + 1)
    .map((one) => one.outerHTML.slice(0, 160))
})()`
