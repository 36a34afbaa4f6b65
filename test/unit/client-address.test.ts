import { once } from 'node:events'
import { describe, expect, it } from '@jest/globals'
import { readConfig } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { clientOf } from '../../shared/web/client-address.ts'
import { createApp, listen, type Request } from '../../shared/web/http.ts'
import { createNeighbours } from '../../shared/web/neighbours.ts'

describe('a client', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:DB8:0:0:ffff::', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000:1:2:3:4', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, 'nobody'],
  ])('at %s is known as %s', (ip, client) => {
    expect(clientOf({ ip })).toBe(client)
  })

  it('who has hung up while its request was worked on is believed nothing, and is no error', async () => {
    const trust = { proxies: 'loopback', isNeighbour: createNeighbours(['http://127.0.0.1:1']) }
    const seen: Promise<string>[] = []
    const look = async (req: Request) => {
      req.socket.destroy()
      await once(req.socket, 'close')
      return `${req.protocol} of ${clientOf(req)}`
    }
    const app = createApp(
      createLogger('test', 'silent'),
      (app) => app.get('/', (req) => void seen.push(look(req).catch(String))),
      trust,
    )
    const { url, close } = await listen(app, 0, '127.0.0.1')

    await expect(fetch(url)).rejects.toThrow()
    await close()
    expect(await seen[0]).toBe('http of nobody')
  })
})

describe('TRUST_PROXY', () => {
  it.each<[string, number | string | undefined]>([
    ['', undefined],
    ['1', 1],
    ['loopback, 10.0.0.0/8,fd00::/8', 'loopback,10.0.0.0/8,fd00::/8'],
  ])('may be %j', (given, read) => {
    expect(readConfig({ TRUST_PROXY: given }).TRUST_PROXY).toBe(read)
  })

  it.each(['true', 'nginx', '10.0.0', '10.0.0.1/x', 'loopback,'])(
    'may not be %j, which would believe anyone or no one',
    (given) => {
      expect(() => readConfig({ TRUST_PROXY: given })).toThrow('TRUST_PROXY: must be a number of proxies')
    },
  )
})
