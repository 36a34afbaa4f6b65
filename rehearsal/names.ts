import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

const PORT = 53
const HEAD_BYTES = 12
const A = 1
const NO_SUCH_NAME = 3
const TTL_S = 1

/** Names of services and who has them: containers are in it once they have been started, as with an engine. */
export type Names = Map<string, Set<string>>

/** Answers the containers' questions for each other's addresses (DNS), as an engine does. */
export async function answerNames(names: Names, address: string): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('message', (question, { address: asker, port }) => socket.send(answerTo(question, names), port, asker))
  socket.bind(PORT, address)
  await once(socket, 'listening')
  return socket
}

/** The answer to a question of DNS: addresses of IPv4 for names there are, none of IPv6, and no such name otherwise. */
export function answerTo(question: Buffer, names: Names): Buffer {
  const { name, end } = nameIn(question)
  const found = [...(names.get(name.toLowerCase()) ?? [])]
  const addresses = question.readUInt16BE(end) === A ? found : []
  const head = Buffer.alloc(HEAD_BYTES)
  question.copy(head, 0, 0, 2)
  head.writeUInt16BE(0x8180 | (found.length === 0 ? NO_SUCH_NAME : 0), 2) // an answer, and no need to ask others
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(addresses.length, 6)
  return Buffer.concat([head, question.subarray(HEAD_BYTES, end + 4), ...addresses.map(recordOf)])
}

function nameIn(question: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = HEAD_BYTES
  for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.'), end: at + 1 }
}

function recordOf(address: string): Buffer {
  const record = Buffer.alloc(16)
  record.writeUInt16BE(0xc000 | HEAD_BYTES, 0) // the name that was asked for
  record.writeUInt16BE(A, 2)
  record.writeUInt16BE(1, 4) // of the internet
  record.writeUInt32BE(TTL_S, 6)
  record.writeUInt16BE(4, 10)
  record.set(address.split('.').map(Number), 12)
  return record
}
