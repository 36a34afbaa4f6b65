import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { openOrders } from '../../services/order/db.ts'
import { rememberEnded, writeEnded } from '../../services/order/ended-sessions.ts'
import { type CustomerSession, TOKEN_MS } from '../../shared/web/customer-session.ts'
import { sessionOf, withSession } from '../customer-session.ts'
import { OrderRig, tell, useOrdersWithRedis } from '../order-rig.ts'
import { until } from '../until.ts'

const orders = useOrdersWithRedis()
const account = uuidv7()

const isIn = async (session: CustomerSession, rig: OrderRig = orders) =>
  (await rig.get('/api/account/orders', withSession(session))).status === 200

/** As accounts tells it: of one session, or of all that began before now. */
const signedOut = (session: CustomerSession | null, at = Date.now()) => ({
  name: 'customer.signedOut' as const,
  subject: account,
  data: { session: session?.session ?? null, at, until: at + TOKEN_MS },
})

describe('a session', () => {
  it('lets nobody in any more once it was ended, and goes on elsewhere', async () => {
    const [here, elsewhere] = [sessionOf(account), sessionOf(account)]
    expect([await isIn(here), await isIn(elsewhere)]).toEqual([true, true])

    await tell(orders.redis, signedOut(here))

    await until(async () => !(await isIn(here)), { what: 'the session to be over' })
    expect(await isIn(elsewhere)).toBe(true)
  })

  it('of all that were ended at once is over, and the next one is not', async () => {
    const [one, another] = [sessionOf(account), sessionOf(account)]
    const stranger = sessionOf(uuidv7())
    const at = Date.now() + 1

    await tell(orders.redis, signedOut(null, at))

    await until(async () => !(await isIn(one)))
    expect([await isIn(another), await isIn(stranger)]).toEqual([false, true])
    expect(await isIn(sessionOf(account, { beganAt: at }))).toBe(true)
  })

  it('stays over whichever of two such words comes last', async () => {
    const began = Date.now()
    const session = sessionOf(account, { beganAt: began })

    await tell(orders.redis, signedOut(null, began + 5), signedOut(null, began - 5))

    await until(async () => !(await isIn(session)))
    await until(async () => (await endedOnDisk()) === 2)
    expect(await isIn(session)).toBe(false)
  })

  it('stays over after a restart', async () => {
    const session = sessionOf(account)
    await tell(orders.redis, signedOut(session))
    await until(async () => !(await isIn(session)))

    await orders.shutDown()
    await orders.boot()

    expect(await isIn(session)).toBe(false)
  })

  it('takes what is being told to it along when it ends', async () => {
    const session = sessionOf(account)
    const placed = await orders.order({}, withSession(session))
    const { id } = Object(await placed.json())
    const stream = await orders.get(`/api/orders/${id}/events`, withSession(session))
    expect(stream.status).toBe(200)

    const whole = stream.text() // resolves when the stream ends
    await tell(orders.redis, signedOut(session))

    expect(await whole).toContain('order.placed')
  })
})

describe('with two processes of the service', () => {
  const second = new OrderRig()
  beforeEach(async () => {
    second.join(orders)
    await second.boot()
  })
  afterEach(() => second.shutDown())

  it('a session that one of them has heard the end of is over in both', async () => {
    const sessions = Array.from({ length: 10 }, () => sessionOf(account)) // whoever pops one knows it first
    for (const session of sessions) await tell(orders.redis, signedOut(session))

    for (const rig of [orders, second])
      await until(async () => !(await Promise.all(sessions.map((one) => isIn(one, rig)))).includes(true), {
        timeoutMs: 5_000,
        what: 'all of them to be over here, too',
      })
  })
})

describe('what is kept of it', () => {
  it('is dropped when the tokens are over by themselves, and read once', async () => {
    const db = await openOrders(orders.folder)
    let now = Date.now()
    const at = now
    const [short, long] = [sessionOf(account), sessionOf(account)]
    await db.write((tx) =>
      writeEnded(tx, [
        { account, session: short.session, at, until: at + 1_000 },
        { account, session: long.session, at, until: at + 5_000 },
      ]),
    )
    const ended = await rememberEnded(db.read, () => now)
    expect([ended.has(short), ended.has(long), await ended.readOn()]).toEqual([true, true, false])

    now += 2_000
    await ended.readOn()

    expect([ended.has(short), ended.has(long)]).toEqual([false, true])
    const anew = await rememberEnded(db.read, () => now)
    expect([anew.has(short), anew.has(long)]).toEqual([false, true])
    await db.close()
  })
})

async function endedOnDisk(): Promise<number> {
  const db = await openOrders(orders.folder)
  const count = await db.read.endedSession.count()
  await db.close()
  return count
}
