import type { IncomingMessage, ServerResponse } from 'node:http'
import { BODY_MAX_BYTES } from './read-body.ts'

const LINGER_MS = 500 // a connection that is closed at once takes the answer along that is still on its way

/** True while more of a body may come than anyone here reads. */
export function isUploading({ complete, headers }: IncomingMessage): boolean {
  return !complete && ('transfer-encoding' in headers || Number(headers['content-length']) > BODY_MAX_BYTES)
}

/** Sends the last words to someone who is uploading, and closes the connection a moment later. */
export function endUpload(res: ServerResponse, body: string): void {
  res.setHeader('Connection', 'close')
  res.setHeader('Content-Length', Buffer.byteLength(body))
  res.write(body)
  setTimeout(() => res.end(), LINGER_MS)
}

/** Closes the connection if the upload goes on after the answer; Node would read it to the end, however long it is. */
export function cutAfterAnswer(req: IncomingMessage, res: ServerResponse): void {
  if (!isUploading(req)) return
  res.once('finish', () => setTimeout(() => isUploading(req) && req.socket.destroy(), LINGER_MS).unref())
}
