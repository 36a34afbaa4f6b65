import type { Shop } from '../shop.ts'
import { until } from '../until.ts'
import { type Asker, fieldOf } from './ask.ts'

const EMAIL = 'ada@example.com'
const PHONE = '+442079460018'

/** Signs up, in, out, and off. */
export async function walkAccounts(shop: Shop, asker: Asker): Promise<void> {
  await enter(shop, asker)
  await setPhone(shop, asker)
  await unsubscribe(shop, asker)
  await leave(shop, asker)
}

async function enter(shop: Shop, asker: Asker): Promise<void> {
  asker.variables.REGISTRATION = fieldOf(await asker.ask('post-accounts'), 'registration')
  const path = `/api/accounts/registrations/${asker.variables.REGISTRATION}`
  await until(async () => (await shop.get<{ mail: string }>(path)).mail === 'sent', { what: 'the mail to be sent' })
  await asker.ask('get-accounts-registrations-id')
  await asker.ask('get-accounts-stand-ins')
  asker.variables.LINK = await shop.inMailTo(EMAIL, /verify#(\S+)/)
  for (const id of ['post-accounts-resend', 'post-accounts-verify', 'post-account-session']) await asker.ask(id)
  for (const id of ['get-account', 'post-account', 'post-account-session-renew', 'get-account-orders'])
    await asker.ask(id)
}

async function setPhone(shop: Shop, asker: Asker): Promise<void> {
  await asker.ask('post-account-phone')
  const isRight = async () => {
    asker.variables.CODE = await shop.inSmsTo(PHONE, /\b(\d{6})\b/)
    return (await asker.ask('post-account-phone-verify')).status === 200
  }
  await until(isRight, { what: 'the code of the newest SMS', everyMs: 500 })
  await asker.ask('delete-account-phone')
}

/** The link stands in mails about orders of the account. */
async function unsubscribe(shop: Shop, asker: Asker): Promise<void> {
  const url = shop.urlOf('order')
  const order = JSON.stringify({ customer: { name: 'Ada', email: EMAIL }, items: [{ sku: 'PEN-001', quantity: 1 }] })
  const headers = `-b cookies.txt -H 'origin: ${url}' -H 'content-type: application/json'`
  await asker.shell(`curl -s ${url}/api/orders ${headers} -d '${order}'`)
  asker.variables.LINK = await shop.inMailTo(EMAIL, /unsubscribe\/(\S+)/)
  for (const id of ['get-unsubscribe-token', 'post-unsubscribe-token']) await asker.ask(id)
}

async function leave(shop: Shop, asker: Asker): Promise<void> {
  await asker.ask('post-accounts-reset')
  asker.variables.LINK = await shop.inMailTo(EMAIL, /reset#(\S+)/)
  await asker.ask('post-accounts-reset-confirm')
  for (const way of ['delete-account-session', 'delete-account-sessions', 'post-account-delete']) {
    await asker.ask('post-account-session')
    await asker.ask(way)
  }
}
