import type { Shop } from '../chaos/shop.ts'
import { type Customers, createCustomers } from './customers.ts'
import { type Document, readDocuments } from './document.ts'
import type { Admin } from './request.ts'
import { smsDoorOf, smsRoutes } from './sms-door.ts'
import { webhookRoute, webhookSecretIn } from './webhook-door.ts'
import type { Words } from './words.ts'

/** What is needed before the first request: what is promised, sessions of admin and customers, and the shop's first words. */
type Entered = { document: Document; admin: Admin; customers: Customers; urls: string[] }

/** Reads the documents of all doors and signs in. Throws when that cannot be done. */
export async function enter(shop: Shop, token: string, words: Words): Promise<Entered> {
  const urls = [shop.url('order'), shop.url('control')]
  const { routes, schemas } = await readDocuments([...urls, shop.url('accounts'), shop.url('sale')])
  const document = { routes: [...routes, webhookRoute(), ...smsRoutes()], schemas }
  const cookie = await signIn(shop.url('control'), token)
  const customers = await createCustomers(shop.url('order'))
  const sms = smsDoorOf(shop.dataDir, shop.url('notification'))
  const admin = { token, cookie, customers, webhookSecret: webhookSecretIn(shop.dataDir), sms }
  await look(document, shop.url('order'), admin, words)
  return { document, admin, customers, urls }
}

async function signIn(url: string, token: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/control`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`the admin is not let in: ${response.status}`)
  return cookie
}

/** Asks for all that can be had without knowing anything: what is for sale, above all. */
async function look({ routes }: Document, url: string, { token }: Admin, words: Words): Promise<void> {
  const isPlain = (path: string, types: Iterable<string>) =>
    !path.includes('{') && [...types].includes('application/json')
  for (const { method, path, replies } of routes)
    if (method === 'GET' && isPlain(path, replies.get(200)?.content.keys() ?? []))
      words.learn(await (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).json())
}
