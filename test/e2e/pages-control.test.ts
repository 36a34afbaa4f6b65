import { expect, it } from '@jest/globals'
import type { Page, Route } from 'playwright-core'
import { describeInBrowser, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const FURTHER = /logs\?.*after=/
/** In the page: what it has heard before is shown. */
const PAINTED = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))'

describeInBrowser('the control room', () => {
  const pages = usePages()
  const placed = async () => {
    const { counts } = await pages.shop.admin<{ counts: Record<string, number> }>('orders')
    return Object.values(counts).reduce((total, count) => total + count, 0)
  }

  it('lets nobody in without the token', async () => {
    const page = await pages.visit('/control?token=wrong-token')
    await page.waitForSelector('.door .failure:visible')
    expect(page.url()).not.toContain('wrong-token')

    await page.fill('.door input', 'token-of-the-test')
    await page.click('.door button')

    await page.waitForSelector('.pulse[data-look=live]')
    expect(await page.evaluate('document.cookie')).toBe('')
  })

  it('lets in to what the address asks of the log, and shows what was asked for last', async () => {
    const page = await pages.visit('/logs?q=refused')
    const late: Route[] = []
    await page.route(FURTHER, (route) => void late.push(route))
    await page.route(/logs\?(?!.*after=)/, (route) => route.fulfill({ json: found(route.request().url()) }))
    await page.waitForSelector('.door input')
    expect(await page.isVisible('.door .failure')).toBe(false)
    await page.fill('.door input', 'token-of-the-test')
    await page.click('.door button')

    await page.waitForSelector('.log-lines .msg:has-text("q=refused")')
    await page.click('.lines-foot button >> nth=0')
    await until(() => late.length === 1, { what: 'what stands further back to be asked for' })
    await page.fill('.lines-head input', 'another')
    await page.press('.lines-head input', 'Enter')
    await page.waitForSelector('.log-lines .msg:has-text("q=another")')
    const heard = page.waitForResponse(FURTHER)
    await late[0]?.fulfill({ json: found('older') })
    await (await heard).finished()
    await page.evaluate(PAINTED)

    expect(await page.locator('.log-lines .msg').allTextContents()).toEqual([expect.stringContaining('q=another')])
  })

  it('is left by its button, for every tab, until the token is given again', async () => {
    const page = await pages.enterRoom()
    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.waitForSelector('.pulse[data-look=live]')

    await page.click('text=Log out')

    await page.waitForSelector('h1:has-text("You are logged out.")')
    await other.waitForSelector('.pulse[data-look=ended]')
    expect(await page.context().cookies()).toEqual([])
    await page.reload()
    await page.waitForSelector('h1:has-text("Sign in to the control room")')
    await page.fill('.door input', 'token-of-the-test')
    await page.click('.door button')
    await page.waitForSelector('.pulse[data-look=live]')
  })

  it('is not left while nobody answers, which it says', async () => {
    const page = await pages.enterRoom()
    await page.route('**/control/logout', (route) => route.abort())

    await page.click('text=Log out')

    await page.waitForSelector('.way-out .failure:has-text("still logged in")')
    await page.waitForSelector('.pulse[data-look=live]')
  })

  it('shows that nothing is lost when the payment worker is killed with 100 orders running', async () => {
    const page = await pages.enterRoom()
    expect(page.url()).not.toContain('token')
    const wanted = (await placed()) + 100

    await page.click('[data-place="100"]')
    await until(async () => (await placed()) >= wanted - 60)
    await page.click('[aria-label="Kill Payment"]')

    await until(() => pages.shop.fact('launcher', 'process.died'), { what: 'the launcher to see the death' })
    await until(async () => (await tile(page)).join() === [wanted, wanted, 0, 0, 0].join(), {
      timeoutMs: 50_000,
      everyMs: 250,
      what: `the auditor to find all ${wanted} orders final and nothing wrong`,
    })
    pages.expectNoComplaints()
  })

  it('shows a worker that is stopped, and what waits for it', async () => {
    const page = await pages.enterRoom()

    await page.click('[aria-label="Stop Payment"]')
    await page.waitForSelector('[data-process=payment][data-state=stopped]')
    await pages.shop.placeMany(3)
    await page.waitForSelector('.stop[data-service=payment] .waiting:has-text("3")')
    await page.click('[aria-label="Start Payment"]')

    await page.waitForSelector('.stop[data-service=payment] .waiting:has-text("0")')
    pages.expectNoComplaints()
  })

  it('goes on while Redis is away, and when it is back', async () => {
    const page = await pages.enterRoom()

    await page.click('[aria-label="Stop Redis"]')
    await page.waitForSelector('.pipeline-box .notice:visible')
    await page.click('[data-place="1"]')
    await page.click('[aria-label="Start Redis"]')

    await page.waitForSelector('.pipeline-box .notice', { state: 'hidden' })
    await until(async () => (await tile(page))[0] === (await tile(page))[1], { what: 'all orders to be final' })
  })

  it('keeps garbage as dead letters, and says why', async () => {
    const page = await pages.enterRoom()

    await page.click('text=Push 4 broken messages')
    await page.click('#auditor .others a')

    await page.waitForSelector('.letters summary >> nth=3')
    expect(await page.locator('.letters').textContent()).toContain('malformed JSON')
    pages.expectNoComplaints()
  })

  it('leads to the page of any order, from the list and from its mails, where the admin needs no key', async () => {
    const id = await pages.shop.place()
    await pages.shop.reaches('paid', id)
    const { number } = await pages.shop.order(id)
    const page = await pages.enterRoom()
    await page.click('.views a[href="#/mails"]')
    await page.click(`.mail-rows a[href="/orders/${number}#mails"] >> nth=0`)
    await page.waitForSelector('.state[data-state=paid]')
    await page.goBack()

    await page.click('.views a[href="#/orders"]')
    await page.click(`.orders a[href^="/orders/${id}"]`)
    await page.waitForSelector('.state[data-state=paid]')
    await page.click('#cancel')
    await page.click('#cancel-sure')

    await page.waitForSelector('.state[data-state=refunded]')
    pages.expectNoComplaints()
  })

  it('narrows the log to one order', async () => {
    const orderId = await pages.shop.place()
    const page = await pages.enterRoom()
    await page.click('.views a[href="#/log"]')
    const named = async () => new Set(await page.locator('.log-lines .which').allTextContents())

    await page.fill('.log input', orderId)

    await until(async () => (await named()).size === 1, { what: 'the log to tell of one order only' })
    await page.waitForSelector('.log-lines .msg:has-text("mail.sent")')
    pages.expectNoComplaints()
  })
})

/** One line that is found, which says this. */
const found = (msg: string) => ({
  lines: [{ seq: 2, at: '2026-11-27T12:00:00.000Z', level: 30, service: 'order', msg, text: '{}' }],
  ...{ next: 2, looked: 1, lookedBackTo: '2026-11-27T12:00:00.000Z', tookMs: 1 },
})

/** Accepted, finished, lost, oversold and charged twice, as the strip has them. */
async function tile(page: Page): Promise<number[]> {
  return (await page.locator('#auditor dd:not(.age)').allTextContents()).map((text) => Number(text.replace(',', '')))
}
