import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { CARD, describeInBrowser, idIn, order, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const CONFIRM = 'button[value=confirm]' // at the bank
const REFUSE = 'button[value=refuse]'
const PAY = 'button.first' // on the gateway's own page
const CANCEL = 'a.button'

describeInBrowser('paying', () => {
  const pages = usePages()
  const chargesOf = async (page: Page) => {
    const ledger = await pages.shop.ledger()
    return ledger.filter(({ kind, orderId }) => kind === 'charge' && orderId === idIn(page.url())).length
  }

  it('leads to the bank that wants a confirmation, and back to the order, which is paid', async () => {
    const page = await pages.visitShop()
    await order(page, CARD.asksToConfirm)
    const address = page.url()
    await page.waitForSelector('[data-service=payment] .word:has-text("waits for you")')
    expect(await chargesOf(page)).toBe(0)

    await page.click('#challenge')
    await page.waitForSelector(CONFIRM)
    expect(page.url()).not.toContain(new URL(address).hash.slice(1))
    await page.click(CONFIRM)

    await page.waitForSelector('.state[data-state=paid]')
    expect(page.url()).toBe(address)
    expect(await page.locator('.pay-panel').isVisible()).toBe(false)
    expect(await chargesOf(page)).toBe(1)
    pages.expectNoComplaints()
  })

  it('is declined where the holder of the card does not confirm, and goes on with another card', async () => {
    const page = await pages.visitShop()
    await order(page, CARD.asksToConfirm)
    await page.click('#challenge')
    await page.click(REFUSE)
    await page.waitForSelector('.state[data-state=declined]')
    expect(await page.textContent('.pay-panel h2')).toBe('Try another card')

    await page.check(`.pay-form input[value=${CARD.asksToConfirm}]`)
    await page.click('.pay-form button')
    await page.waitForSelector('.pay-panel .about:has-text("Your bank wants to know that it is you.")')
    await page.click('#challenge')
    await page.click(CONFIRM)

    await page.waitForSelector('.state[data-state=paid]')
    expect(await page.locator('.timeline b').allTextContents()).toEqual([
      ...['Order placed', 'Stock reserved', 'Confirmation asked for', 'Payment declined'],
      ...['Payment begun', 'Confirmation asked for', 'Payment captured'],
    ])
    expect(await chargesOf(page)).toBe(1)
    pages.expectNoComplaints()
  })

  it('can wait, with the time that is left for it', async () => {
    await pages.shop.demo({ action: 'stop', name: 'inventory' })
    const page = await pages.visitShop()
    await order(page, 'later')
    await page.waitForSelector('.state[data-state=placed]')
    await pages.shop.demo({ action: 'start', name: 'inventory' })
    await page.waitForSelector('.state[data-state=reserved]')
    const left = () => page.textContent('.clock')
    const first = await left()
    expect(first).toMatch(/^(30:00|29:[2-5]\d)$/)
    await until(async () => (await left()) !== first, { what: 'the clock to tick' })

    await page.locator('.pay-form button').focus()
    await page.keyboard.press('Enter')

    await page.waitForSelector('.state[data-state=paid]')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    pages.expectNoComplaints()
  })

  it('is done on the page of the gateway by whoever likes that better: they are sent there, and back', async () => {
    const page = await pages.visitShop()
    await order(page, 'hosted')

    await page.waitForSelector('.amount:has-text("€18.00")')
    await page.click(PAY)

    await page.waitForURL(/\/orders\/[\w-]+#[\w-]{22}$/)
    await page.waitForSelector('.state[data-state=paid]')
    expect(await page.locator('.timeline b').allTextContents()).toContain('Payment page opened')
    expect(await chargesOf(page)).toBe(1)
    pages.expectNoComplaints()
  })

  it('goes on at the page of the gateway only when asked, for whoever has come back from it without paying', async () => {
    const page = await pages.visitShop()
    await order(page, 'later')
    await page.waitForSelector('.pay-form')
    const address = page.url()
    await page.check('.pay-form input[value=hosted]')
    await page.click('.pay-form button')

    await page.click(CANCEL)
    await page.waitForSelector('.mails details')
    expect(page.url()).toBe(address)
    expect(await page.textContent('.pay-panel .about')).toContain('You are back from there.')
    await page.click('#challenge')
    await page.click(PAY)

    await page.waitForSelector('.state[data-state=paid]')
    expect(page.url()).toBe(address)
    pages.expectNoComplaints()
  })

  it('is seen to be done though the gateway does not tell', async () => {
    await pages.shop.demo({ action: 'gateway', mode: 'hooksOff' })
    const page = await pages.visitShop()
    await order(page, CARD.asksToConfirm)
    await page.click('#challenge')

    await page.click(CONFIRM)

    await page.waitForSelector('.state[data-state=paid]')
    await pages.shop.demo({ action: 'gateway', mode: 'well' })
  })

  it('is refused in words where the page does not know yet that the order is paid', async () => {
    const page = await pages.visitShop()
    await order(page, 'later')
    await page.waitForSelector('.pay-form button')
    await page.addInitScript('delete window.SharedWorker') // its connection is out of our reach
    await page.route('**/api/live', (route) => route.abort())
    await page.reload()
    await page.waitForSelector('.pay-form button')
    await pages.shop.pay(idIn(page.url()))
    await pages.shop.reaches('paid', idIn(page.url()))

    await page.click('.pay-form button')

    await page.waitForSelector('.pay-form .failure:has-text("This card was not charged")')
    expect(await chargesOf(page)).toBe(1)
  })
})
