import { connect } from 'node:net'

const SEND_EVERY_MS = 5
const END_LIMIT_MS = 10_000

/**
 * Sends `text` (its line ends become those of HTTP), then `more` again and again, and resolves with what was said when
 * the server ends the connection. Rejects when it does not.
 */
export function talk(url: string, text: string, more?: string): Promise<{ said: string; sentBytes: number }> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  let said = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    said += chunk
  })
  socket.write(text.replaceAll('\n', '\r\n'))
  const sendMore = () => more !== undefined && socket.writableLength === 0 && socket.write(more)
  const sending = setInterval(sendMore, SEND_EVERY_MS)
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error('the server does not end the connection'))
      socket.destroy()
    }, END_LIMIT_MS)
    socket.on('error', (error) => said === '' && reject(error)) // a reset, after what it had to say
    socket.on('close', () => {
      clearTimeout(limit)
      clearInterval(sending)
      resolve({ said, sentBytes: socket.bytesWritten })
    })
  })
}
