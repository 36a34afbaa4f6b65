import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Browser as Chromium } from 'playwright-core'
import { Browser, program, startChromium } from '../browser.ts'
import { useGateway } from '../gateway-rig.ts'

const describeInBrowser = program === undefined ? describe.skip : describe

describeInBrowser('the gateway’s own pages', () => {
  const gateway = useGateway()
  const shop = createServer((_req, res) => res.setHeader('content-type', 'text/html').end('<h1>The shop</h1>'))
  let shopUrl: string
  let chromium: Chromium
  let browser: Browser

  beforeAll(async () => {
    chromium = await startChromium()
    await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done))
    shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
  })
  beforeEach(async () => {
    browser = await Browser.open(chromium, { width: 360, height: 640 })
  })
  afterEach(() => browser.close())
  afterAll(async () => {
    await chromium.close()
    shop.close()
    shop.closeAllConnections()
  })

  const open = () =>
    gateway.stripe.checkout.sessions.create({
      ...{ mode: 'payment', success_url: `${shopUrl}/paid`, cancel_url: `${shopUrl}/basket` },
      line_items: [{ price_data: { currency: 'eur', unit_amount: 4200, product_data: { name: 'Mug' } } }],
    })

  it('take a customer from a decline by a confirmation back to the shop, on a small screen, by keys alone', async () => {
    const { page } = browser
    await page.goto(String((await open()).url))
    await page.getByLabel('A card that is declined').check()
    await page.getByRole('button', { name: 'Pay €42.00' }).press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Another one').fill('pm_card_authenticationRequired')
    await page.keyboard.press('Enter')

    await page.getByRole('button', { name: 'Confirm' }).press('Enter')

    await page.getByRole('heading', { name: 'The shop' }).waitFor()
    expect(page.url()).toBe(`${shopUrl}/paid`)
    expect(browser.complaints.filter((complaint) => !complaint.includes('favicon'))).toEqual([])
  })

  it('fit the screen, and let go who does not want to pay', async () => {
    const { page } = browser
    await page.goto(String((await open()).url))
    const sidewaysPx = await browser.sidewaysPx()

    await page.getByRole('link', { name: 'Cancel' }).click()

    await page.getByRole('heading', { name: 'The shop' }).waitFor()
    expect([sidewaysPx, page.url()]).toEqual([0, `${shopUrl}/basket`])
  })

  it('ask the holder of a card, also where a shop has sent him there itself', async () => {
    const params = { amount: 4200, currency: 'eur', payment_method: 'pm_card_threeDSecure2Required', confirm: true }
    const intent = await gateway.stripe.paymentIntents.create({ ...params, return_url: `${shopUrl}/orders/1` })
    const { page } = browser
    await page.goto(String(intent.next_action?.redirect_to_url?.url))

    await page.getByRole('button', { name: 'Refuse' }).click()

    await page.getByRole('heading', { name: 'The shop' }).waitFor()
    expect(page.url()).toContain(`/orders/1?payment_intent=${intent.id}`)
    expect(page.url()).toContain('redirect_status=failed')
  })
})
