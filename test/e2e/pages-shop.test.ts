import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInBrowser, graveFindings, idIn, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const PHONE = { width: 320, height: 640 }

describeInBrowser('the first two minutes', () => {
  const pages = usePages()

  it('are one press from the first page to an order that is paid, and to what to break next', async () => {
    const page = await pages.visit('/')

    await page.click('.sample')

    await page.waitForSelector('.state[data-state=paid]')
    expect((await pages.shop.order(idIn(page.url()))).timeline).toHaveLength(3)
    await page.waitForSelector('.next-step h2:has-text("Now stop payment and place another.")')
    expect(await page.getAttribute('.next-step a', 'href')).toBe('/control#/?arm=stop:payment')
    pages.expectNoComplaints()
  })

  it('show who heard what, by the table of routes, and when each of them worked', async () => {
    const page = await pages.visitPaidOrder()

    await page.waitForSelector('.fall[data-lane=payment] [data-outcome=done] .stretch.work')
    await page.waitForSelector('.fall[data-lane=notification] li >> nth=1')
    expect(await page.locator('.ways-chart li > .unseen').allTextContents()).toEqual([
      'Order tells Inventory, Notification: Order placed',
      'Inventory tells Payment, Order: Stock reserved',
      'Payment tells Order, Notification: Payment captured',
    ])
    await page.waitForSelector('.fall[data-lane=payment] .said:has-text("worked")')
    pages.expectNoComplaints()
  })

  it('show the way of what was cancelled, too: its stock and its money come back', async () => {
    const page = await pages.visitPaidOrder()

    await page.click('#cancel')
    await page.click('#cancel-sure')

    await page.waitForSelector('.state[data-state=refunded]')
    for (const event of ['order.cancelled', 'stock.released', 'payment.refunded'])
      await page.waitForSelector(`.ways-chart li[data-event="${event}"]`)
    await page.waitForSelector('.timeline li[data-event="stock.released"]')
  })

  it('say what an order waits for: whoever has paused a service, a worker, the gateway', async () => {
    await pages.shop.admin('queues/payment/pause', {})
    const page = await pages.visit(pages.shop.linkTo(await pages.shop.place()))
    await page.waitForSelector('.waits:has-text("Payment: paused")')
    await pages.shop.demo({ action: 'stop', name: 'payment' })
    await page.waitForSelector('.waits:has-text("no worker")')
    await pages.shop.demo({ action: 'start', name: 'payment' })
    await page.waitForSelector('.waits:has-text("Payment: paused")')
    await pages.shop.admin('queues/payment/resume', {})
    await page.waitForSelector('.state[data-state=paid]')
  })

  it('say that the gateway is away, and when it is tried again', async () => {
    await pages.shop.demo({ action: 'stop', name: 'payment' })
    const page = await pages.visit(pages.shop.linkTo(await pages.shop.place()))
    await page.waitForSelector('.waits:has-text("no worker")')

    await pages.shop.switch('payment-gateway', { outage: true })
    await pages.shop.demo({ action: 'start', name: 'payment' })

    await page.waitForSelector('.waits:has-text("Payment gateway away")')
    await page.waitForSelector('.fall[data-lane=payment] .tick')
    await pages.shop.switch('payment-gateway', { outage: false })
    await page.waitForSelector('.state[data-state=paid]')
    await page.waitForSelector('.waits', { state: 'detached' })
    await page.waitForSelector('.fall[data-lane=payment] .said:has-text("failed attempts")')
  })

  it('show a message that came twice, and took effect once', async () => {
    await pages.shop.demo({ action: 'stop', name: 'inventory' })
    const id = await pages.shop.place()
    await pages.shop.demo({ action: 'resend', name: 'inventory' })
    await pages.shop.demo({ action: 'start', name: 'inventory' })
    await pages.shop.reaches('paid', id)

    const page = await pages.visit(pages.shop.linkTo(id))

    await page.waitForSelector('.fall[data-lane=inventory] .said:has-text("came 2 times, took effect once")')
    await page.waitForSelector('.fall[data-lane=inventory] .stretch.copy')
  })

  it('are told truthfully while the log is away', async () => {
    await pages.shop.demo({ action: 'stop', name: 'logs' })
    const page = await pages.visitPaidOrder()

    await page.waitForSelector('.travel p:has-text("The log does not answer"):visible')
    await page.waitForSelector('.fall[data-lane=payment] .stretch.either')
    await pages.shop.demo({ action: 'start', name: 'logs' })
    await page.waitForSelector('.fall[data-lane=payment] .stretch.work')
  })
})

describeInBrowser('the pages of products, and the cart', () => {
  const pages = usePages()
  const countOf = (page: Page) => page.textContent('.cart-link')

  it('say what a product is before any script runs, and what it costs and how many there are as it changes', async () => {
    const page = await pages.visit('/products/MUG-001')
    expect(await page.textContent('h1')).toBe('Stoneware mug')
    await page.waitForSelector('.product-live .stock:has-text("in stock")')

    await page.fill('#wanted', '12')
    await page.click('.add-many')

    await page.waitForSelector('.product-live [role=status]:has-text("In your cart: 12.")')
    expect(await countOf(page)).toBe('Cart · 12')
    pages.expectNoComplaints()
  })

  it('say that there is no such product', async () => {
    const page = await pages.visit('/products/NO-001')

    expect(await page.textContent('h1')).toMatch(/find|nothing/i)
    expect(await page.locator('main a').first().getAttribute('href')).toBe('/')
  })

  it('let quantities be typed, and lines be removed', async () => {
    const page = await pages.visitShop()
    await page.click('.card .add >> nth=0')
    await page.click('.card .add >> nth=1')

    await page.fill('#quantity-MUG-001', '7')
    await page.locator('#quantity-MUG-001').press('Enter')
    await page.fill('#quantity-TEE-001', 'many')
    await page.click('[data-sku="TEE-001"] .remove')

    await until(async () => (await countOf(page)) === 'Cart · 7')
    expect(await page.textContent('.cart-lines .sum')).toBe('€126.00')
    expect(await page.evaluate('document.activeElement.id')).toBe('cart')
    expect(page.url()).not.toContain('/orders/')
  })

  it('let nobody order more than there is', async () => {
    const page = await pages.visitShop()
    await page.click('[data-sku="PRT-001"] .add')
    await page.fill('#quantity-PRT-001', '99')
    await page.locator('#quantity-PRT-001').press('Tab')

    await until(async () => (await page.inputValue('#quantity-PRT-001')) === '20', { what: 'the edition of twenty' })
    expect(await page.getAttribute('[data-sku="PRT-001"] .add', 'aria-disabled')).toBe('true')
  })

  it('say at the field what is wrong, in the language of the page', async () => {
    const page = await pages.visitShop({ locale: 'zh-CN' })
    await page.click('.card .add >> nth=0')
    await page.fill('input[name=name]', '')
    await page.fill('input[name=email]', 'ada')

    await page.click('form button[type=submit]')

    await page.waitForSelector('#checkout-email-error')
    expect(await page.textContent('#checkout-name-error')).toBe('不能为空')
    expect(await page.evaluate('document.activeElement.id')).toBe('checkout-name')
    expect(await page.evaluate('document.querySelector("form").noValidate')).toBe(true)
    expect(await page.textContent('form .failure[role=alert]')).toBe('请检查标出的内容。')
  })

  it('show on a phone what was put into the cart, and the way to it', async () => {
    const page = await pages.visitShop(PHONE)

    await page.click('.card .add >> nth=0')
    await page.click('.cart-bar')

    await until(() => page.evaluate<boolean>('document.getElementById("cart").getBoundingClientRect().top > 50'), {
      what: 'the cart to stand below the header',
    })
    await page.waitForSelector('.cart-bar', { state: 'hidden' })
    await pages.expectNoSidewaysScrolling()
  })

  it('ask once more before an order is cancelled, and leave it when the answer is no', async () => {
    const page = await pages.visitPaidOrder()

    await page.click('#cancel')
    await page.waitForSelector('#cancel-question:has-text("€18.00 goes back to you.")')
    await page.keyboard.press('Escape')

    expect(await page.locator('#cancel').isVisible()).toBe(true)
    expect(await page.evaluate('document.activeElement.id')).toBe('cancel')
    expect(await pages.shop.stateOf(idIn(page.url()))).toBe('paid')
  })

  it('show mails as they look and as they travelled, and nothing of them runs', async () => {
    const page = await pages.visitPaidOrder()
    await page.waitForSelector('.mails details >> nth=1')
    await page.click('.mails summary >> nth=0')

    await page.click('.mail-forms button:has-text("As it looks") >> nth=0')
    const mail = page.frameLocator('.mail-html')
    await until(async () => (await mail.locator('h1').textContent()) === 'Thank you for your order')
    expect(await mail.locator('h1').getAttribute('style')).toContain('font')
    expect(await page.getAttribute('.mail-html', 'sandbox')).not.toContain('allow-scripts')
    await page.click('.mail-forms button:has-text("Raw") >> nth=0')
    expect(await page.textContent('.mails .verbatim >> nth=0')).toContain('X-Order-Number: OL-1')
    pages.expectNoComplaints()
  })

  it('are not widened by a name of a hundred letters without a blank, nor by an endless address', async () => {
    const name = 'W'.repeat(100)
    await pages.visit(pages.shop.linkTo(await pages.shop.place({ name })), PHONE)
    await pages.browser?.page.waitForSelector('.mails details >> nth=1')
    await pages.browser?.page.click('.mails summary >> nth=0')

    await pages.expectNoSidewaysScrolling()
  })

  it.each(['light', 'dark'] as const)(
    'have no serious findings of axe-core in the %s theme, and fit 320 px',
    async (scheme) => {
      const look = { scheme, ...PHONE }
      const shop = await pages.visitShop(look)
      await shop.click('.card .add >> nth=0')
      await shop.fill('input[name=email]', '')
      await shop.click('form button[type=submit]')
      await shop.waitForSelector('#checkout-email-error')
      expect(await graveFindings(shop)).toEqual([])
      await pages.expectNoSidewaysScrolling()

      const product = await pages.goOn('/products/TEE-001')
      await product.waitForSelector('.product-live .tell')
      expect(await graveFindings(product)).toEqual([])
      await pages.expectNoSidewaysScrolling()

      const paid = await pages.visitPaidOrder(look)
      await paid.waitForSelector('.fall[data-lane=notification] li >> nth=1')
      await paid.click('#cancel')
      await paid.click('.mails summary >> nth=0')
      expect(await graveFindings(paid)).toEqual([])
      await pages.expectNoSidewaysScrolling()
    },
  )

  it('are ordered from with the keyboard alone, after a quantity was typed', async () => {
    const page = await pages.visit('/products/CAP-001')
    await page.waitForSelector('#wanted')
    await page.locator('#wanted').focus()
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await page.locator('.add-many').focus()
    await page.keyboard.press('Enter')
    await page.locator('.product-live a').focus()
    await page.keyboard.press('Enter')

    await page.waitForSelector('#quantity-CAP-001')
    expect(await page.inputValue('#quantity-CAP-001')).toBe('3')
    await page.locator('input[name=email]').focus()
    await page.keyboard.press('Enter')
    await page.waitForSelector('.state[data-state=paid]')
  })
})
