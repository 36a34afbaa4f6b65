import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createLogger } from '../../shared/logger.ts'
import { createApp, type HttpServer, listen } from '../../shared/web/http.ts'
import { until } from '../until.ts'

let server: HttpServer
let sockets: Socket[]
beforeEach(async () => {
  sockets = []
  const app = createApp(createLogger('test', 'silent'), (routes) => {
    routes.get('/', (_req, res) => void res.send('fine'))
  })
  server = await listen(app, 0, '127.0.0.1')
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await server.close()
})

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

describe('a server that is closed', () => {
  it('does not wait for a connection that was opened in reserve', async () => {
    await open()
    await (await fetch(server.url)).text() // by now the server has seen the one before
    const since = Date.now()

    await server.close()

    expect(Date.now() - since).toBeLessThan(500)
  })

  it('still answers a request that has begun to come', async () => {
    const socket = await open()
    let answer = ''
    socket.on('data', (bytes) => {
      answer += bytes
    })
    socket.write('GET / HTTP/1.1\r\n')
    await (await fetch(server.url)).text()

    const closing = server.close()
    socket.write('Host: x\r\n\r\n')

    await until(() => answer.includes('fine'))
    await closing
  })
})
