import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { useAlerts } from '../alerts-rig.ts'
import {
  documentAt,
  keepsPromise as keepsPromiseAt,
  openToAnyone,
  ownersIn,
  routesIn,
  untold,
} from '../api-document.ts'
import { ADMIN_TOKEN } from '../notification-rig.ts'

const alerts = useAlerts()
const { rig } = alerts
const answer = z.looseObject({ id: z.string() })
const NEWS = { title: 'We are open', text: 'Come and see.\nAll day.' }
const post = (body: object, key?: string) =>
  alerts.post('/api/admin/news', body, {
    authorization: `Bearer ${ADMIN_TOKEN}`,
    ...(key !== undefined && { 'idempotency-key': key }),
  })

describe('news', () => {
  it('are told once, however often they are posted under one key', async () => {
    const first = answer.parse(await (await post(NEWS, 'n-1')).json())
    const again = answer.parse(await (await post(NEWS, 'n-1')).json())

    expect(first).toMatchObject({ ...NEWS, language: null })
    expect(again).toEqual(first)
    expect(rig.emitted('news.posted')).toEqual([{ subject: first.id, data: NEWS }])
    expect((await post({ ...NEWS, title: 'Others' }, 'n-1')).status).toBe(422)
  })

  it('say in which language they are, where that is said', async () => {
    expect((await post({ ...NEWS, language: 'zh' })).status).toBe(201)
    expect(rig.emitted('news.posted')).toMatchObject([{ data: { ...NEWS, language: 'zh' } }])
  })

  it('are the admin’s alone, and plain text', async () => {
    expect((await alerts.post('/api/admin/news', NEWS)).status).toBe(401)
    expect(await (await post({ title: 'a\u0007b', text: '' })).json()).toMatchObject({
      errors: [{ field: 'title' }, { field: 'text' }],
    })
  })
})

describe('the door of notification', () => {
  const url = () => rig.service?.url ?? ''
  const keepsPromise = (path: string, answer: Response) => keepsPromiseAt(url(), 'post', path, answer)

  it('promises in its document what it answers', async () => {
    await keepsPromise('/api/admin/news', await post(NEWS))
    await keepsPromise('/api/admin/news', await post({}))
    await keepsPromise('/api/alerts', await alerts.ask({ sku: 'none' }))
    await alerts.ask()
    const code = await alerts.codeFor()
    for (const what of ['look', 'confirm', 'confirm', 'stop'])
      await keepsPromise(`/api/alerts/${what}`, await alerts.post(`/api/alerts/${what}`, { code }))
    await keepsPromise('/api/alerts/stop', await alerts.stop('none of ours'))
    await keepsPromise('/alerts/stop/{code}', await alerts.post(`/alerts/stop/${code}`, {}))
  })

  it('names every route, and only what is behind a door of its own', async () => {
    expect(routesIn(await documentAt(url()))).toEqual([
      'post /api/alerts',
      'post /api/alerts/look',
      'post /api/alerts/confirm',
      'post /api/alerts/stop',
      'get /alerts/stop/{code}',
      'post /alerts/stop/{code}',
      'post /api/admin/news',
    ])
    expect(await ownersIn(url())).toEqual(['notification'])
    expect(await openToAnyone(url())).toEqual([])
    expect(await untold(url())).toEqual([])
  })

  it('leads to what others own, and says who of them is away', async () => {
    expect(await (await alerts.get('/api/products')).json()).toMatchObject({
      status: 503,
      detail: expect.stringContaining('order service'),
    })
  })
})
