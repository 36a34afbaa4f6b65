import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { CARD, describeInBrowser, graveFindings, idIn, order, usePages } from '../pages-rig.ts'
import { until } from '../until.ts'

const PASSWORD = 'correct horse battery'
const VERIFY = /https?:\/\/[^/\s]+(\/account\/verify#\S+)/
const RESET = /https?:\/\/[^/\s]+(\/account\/reset#\S+)/
const CODE = /(\d{6})/
const SMALL = { width: 320, height: 640 }

type Person = { name: string; email: string; phone?: string }

describeInBrowser('the pages of an account', () => {
  const pages = usePages()
  const lightOf = (page: Page, name: string) => page.getAttribute(`[data-light=${name}]`, 'data-state')

  /** Signs somebody up, at the API. */
  const join = async (person: Person) => {
    const answer = await pages.shop.send('/api/accounts', { ...person, password: PASSWORD, language: 'en' })
    expect(answer.status).toBe(202)
  }
  const verify = async ({ email }: Person) => {
    const link = await pages.shop.inMailTo(email, VERIFY)
    const answer = await pages.shop.send('/api/accounts/verify', { token: link.split('#')[1], password: PASSWORD })
    expect(answer.status).toBe(200)
  }
  /** Says who it is that has followed the link of a mail. */
  const confirm = async (page: Page) => {
    await page.fill('#password', PASSWORD)
    await page.click('button[type=submit]')
  }
  /** Signs somebody in, on the page. */
  const enter = async (page: Page, { email }: Person, password = PASSWORD) => {
    await page.fill('#email', email)
    await page.fill('#password', password)
    await page.click('button[type=submit]')
  }
  const signIn = async (person: Person) => {
    const page = await pages.visit('/account/sign-in')
    await enter(page, person)
    await page.waitForSelector('#my-orders')
    return page
  }

  it('answer a sign-up at once, light the mail when it is sent, and the SMS when that can be', async () => {
    const ada = { name: 'Ada Lovelace', email: 'ada.signs.up@example.com', phone: '+44 20 7946 0018' }
    await pages.shop.demo({ action: 'sms', mode: 'down' })
    const page = await pages.visit('/account/sign-up')
    for (const [name, value] of Object.entries({ ...ada, password: PASSWORD })) await page.fill(`#${name}`, value)
    await page.click('button[type=submit]')

    await page.waitForSelector('[data-light=saved][data-state=done]:has-text("answered after")')
    await page.waitForSelector('[data-light=mail][data-state=done]:has-text("after the answer")')
    expect(await lightOf(page, 'sms')).toBe('waiting')
    await pages.shop.demo({ action: 'sms', mode: 'well' })
    await page.waitForSelector('[data-light=sms][data-state=done]:has-text("after the answer")')
    pages.expectNoComplaints()

    await pages.goOn(await pages.shop.inMailTo(ada.email, VERIFY))
    await confirm(page)
    await page.waitForSelector(`.lead:has-text("${ada.email}")`)
    expect(new URL(page.url()).hash).toBe('')
    pages.expectNoComplaints()
  })

  it('take a link once, and have another one sent to whoever has none that works', async () => {
    const bob = { name: 'Bob', email: 'bob@example.com' }
    await join(bob)
    const link = await pages.shop.inMailTo(bob.email, VERIFY)
    await verify(bob)

    const page = await pages.visit(link)
    await confirm(page)
    await page.waitForSelector('h1:has-text("This link was used already.")')
    await pages.goOn('/account/verify#none-of-ours')
    await confirm(page)
    await page.waitForSelector('h1:has-text("This link does not work.")')
    await page.fill('#email', bob.email)
    await page.click('button[type=submit]')
    await page.waitForSelector('.said:has-text("a mail is on its way")')
  })

  it('let somebody in, back to where they came from, and fill in their orders, which are then theirs', async () => {
    const eve = { name: 'Eve Adams', email: 'eve@example.com', phone: '+44 20 7946 0019' }
    await join(eve)
    const page = await pages.visitShop()
    await page.click('nav >> text=Sign in')
    await enter(page, eve, 'not the password')
    await page.waitForSelector('.failure:visible')
    await enter(page, eve)

    await page.waitForSelector('nav >> text=My orders (Eve Adams)')
    await page.waitForSelector('.card h2')
    await until(async () => (await page.inputValue('.checkout [name=name]')) === eve.name)
    await order(page, CARD.pays)
    await page.waitForSelector('.state[data-state=paid]')
    const id = idIn(page.url())
    await page.click('nav >> text=My orders')
    const row = page.locator(`.my-orders li:has(a[href^="/orders/${id}#"])`)
    await row.waitFor()
    expect(await row.textContent()).toMatch(/OL-\d+Paid.*€18\.00/)

    await pages.goOn(`/orders/${id}`)
    await page.waitForSelector('.state[data-state=paid]')
    expect(await page.locator('#refund').count()).toBe(0)
    const other = await pages.visit(`/orders/${id}`)
    await other.waitForSelector('h1:has-text("We cannot find that order")')
  })

  it('give guests their orders when they have an account, and have shown that the address is theirs', async () => {
    const guest = { name: 'Grace', email: 'grace@example.com' }
    const page = await pages.visitShop()
    await page.click('.card .add >> nth=0')
    await page.fill('.checkout [name=email]', guest.email)
    await page.click('form button[type=submit]')
    await page.waitForSelector('.state[data-state=paid]')
    const id = idIn(page.url())
    await join(guest)
    await pages.goOn('/account/sign-in')
    await enter(page, guest)
    await page.waitForSelector('.my-orders .empty')

    await pages.goOn(await pages.shop.inMailTo(guest.email, VERIFY))
    await page.click('a.primary:has-text("My account")')

    await page.waitForSelector('.address:has-text("confirmed")')
    await until(async () => {
      await page.reload()
      await page.waitForSelector('#my-orders')
      return (await page.locator(`.my-orders a[href^="/orders/${id}#"]`).count()) > 0
    })
    pages.expectNoComplaints()
  })

  it('keep what somebody prefers, and take a phone by its code', async () => {
    const kay = { name: 'Kay', email: 'kay@example.com' }
    await join(kay)
    const page = await signIn(kay)
    expect(await page.isDisabled('[name=sms]')).toBe(true)

    await page.fill('[name=phone]', '+44 20 7946 0020')
    await page.click('button:has-text("Send a code")')
    await until(async () => (await page.evaluate('document.activeElement.id')) === 'phone-title')
    await page.fill('[name=code]', '000000')
    await page.click('button:has-text("Confirm")')
    await page.waitForSelector('#code-error')
    await page.fill('[name=code]', await pages.shop.inSmsTo('+442079460020', CODE))
    await page.click('button:has-text("Confirm")')
    await page.waitForSelector('.address:has-text("+442079460020") .mark[data-look=well]')
    await page.check('[name=sms]')
    await page.uncheck('[name=mail]')
    await page.selectOption('[name=language]', 'zh')
    await page.click('button:has-text("Save")')

    await page.waitForSelector('.said:has-text("Saved.")')
    await page.reload()
    await page.waitForSelector('#my-orders')
    expect(await page.isChecked('[name=sms]')).toBe(true)
    expect(await page.isChecked('[name=mail]')).toBe(false)
    expect(await page.inputValue('[name=language]')).toBe('zh')
  })

  it('sign out, and in again with a new password for whoever has forgotten the old one', async () => {
    const sue = { name: 'Sue', email: 'sue@example.com' }
    await join(sue)
    const page = await signIn(sue)
    await page.click('text=Sign out >> nth=0')
    await page.waitForSelector('nav >> text=Sign in')
    await pages.goOn('/account')
    await page.waitForURL('**/account/sign-in')

    await page.click('text=Forgot password?')
    await page.fill('#email', sue.email)
    await page.click('button[type=submit]')
    await pages.goOn(await pages.shop.inMailTo(sue.email, RESET))
    await page.waitForSelector('#password')
    expect(new URL(page.url()).hash).toBe('')
    await page.fill('#password', 'quite another one')
    await page.click('button[type=submit]')
    await page.click('a.primary:has-text("Sign in")')
    await enter(page, sue, 'quite another one')

    await page.waitForSelector('#my-orders')
    pages.expectNoComplaints()
  })

  it('go on with a session whose token is over, also for an order that is placed just then', async () => {
    const tim = { name: 'Tim', email: 'tim@example.com' }
    await join(tim)
    const page = await signIn(tim)
    const forgetToken = async () => {
      const cookies = await page.context().cookies()
      const token = cookies.find(({ path }) => path === '/')
      await page.context().clearCookies({ name: token?.name ?? '' })
    }
    await forgetToken()
    await page.route('**/session/renew', (route) => route.abort())

    await pages.goOn('/')
    await page.waitForSelector('.card h2')
    await page.unroute('**/session/renew')
    await order(page, CARD.pays)

    await page.waitForSelector('.state[data-state=paid]')
    const id = idIn(page.url())
    await pages.goOn('/account')
    await page.waitForSelector(`.my-orders a[href^="/orders/${id}#"]`)
  })

  it('take the orders of whoever is signed in while accounts is away', async () => {
    const roy = { name: 'Roy Fielding', email: 'roy@example.com' }
    await join(roy)
    const page = await signIn(roy)
    await pages.shop.demo({ action: 'stop', name: 'accounts' })

    await pages.goOn('/')
    await page.waitForSelector('nav >> text=My orders (Roy Fielding)')
    await page.waitForSelector('.card h2')
    await order(page, CARD.pays)
    await page.waitForSelector('.state[data-state=paid]')

    const id = idIn(page.url())
    await pages.shop.demo({ action: 'start', name: 'accounts' })
    await until(async () => {
      await pages.goOn('/account')
      return page.locator('#my-orders').isVisible()
    })
    await page.waitForSelector(`.my-orders a[href^="/orders/${id}#"]`)
  })

  it('show in the control room that the SMS gateway is down, and let mails be read that are about no order', async () => {
    const liz = { name: 'Liz', email: 'liz@example.com' }
    await join(liz)
    await pages.shop.inMailTo(liz.email, VERIFY)
    const page = await pages.enterRoom()
    await page.click('[aria-label="SMS gateway"] [data-mode=down]')
    await page.waitForSelector('.broken-now:has-text("SMS gateway · Down")')
    await page.waitForSelector('.stop[data-service=notification][data-look=warn]')
    await page.click('[aria-label="SMS gateway"] [data-mode=well]')
    await page.waitForSelector('.broken-now:has-text("Nothing is broken.")')

    await pages.goOn('/account/sign-up')
    await pages.goOn('/account/sign-up') // from where a link leads there
    await pages.goOn('/control#mailbox') // as mails and pages of before have it
    await page.click(`.mail-rows summary:has-text("${liz.email}") >> nth=0`)
    const link = page.locator('.mail-rows .verbatim a >> nth=0')
    await link.waitFor()
    expect(await link.getAttribute('href')).toContain('/account/verify#')
    pages.expectNoComplaints()
  })

  it.each([
    ['light', 'en-GB'],
    ['dark', 'zh-CN'],
  ] as const)('fit 320 px without serious findings of axe-core, %s and in %s', async (scheme, locale) => {
    const mia = { name: 'Mia', email: `mia.${scheme}@example.com`, phone: '+44 20 7946 0021' }
    await join(mia)
    const page = await pages.visit('/account/sign-up', { ...SMALL, scheme, locale })
    for (const path of ['sign-up', 'reset#some-token', 'verify', 'sign-in']) {
      await pages.goOn(`/account/${path}`)
      await page.waitForSelector('form button')
      expect(await graveFindings(page)).toEqual([])
      await pages.expectNoSidewaysScrolling()
    }

    await enter(page, mia)
    await page.waitForSelector('#my-orders')
    await page.click('summary')

    expect(await graveFindings(page)).toEqual([])
    await pages.expectNoSidewaysScrolling()
    pages.expectNoComplaints()
  })
})
