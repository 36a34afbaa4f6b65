import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach } from '@jest/globals'
import Stripe from 'stripe'

const stripe = new Stripe('sk_test_ear')

/** Somebody who listens to the gateway's webhooks, by the rules of the real SDK. */
export function useEar(secret: string) {
  const ear = new Ear(secret)
  beforeEach(() => ear.open())
  afterEach(() => ear.close())
  return ear
}

class Ear {
  readonly heard: Stripe.Event[] = []
  asked = 0
  refused = 0
  status = 200
  url = ''
  readonly #secret: string
  readonly #server = createServer()

  constructor(secret: string) {
    this.#secret = secret
    this.#server.on('request', async (req, res) => {
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      const status = this.#take(Buffer.concat(chunks), req.headers['stripe-signature'])
      if (status > 0) res.writeHead(status).end() // else nobody answers
    })
  }

  get types(): string[] {
    return this.heard.map(({ type }) => type)
  }

  open(): Promise<void> {
    this.heard.length = 0
    this.asked = 0
    this.refused = 0
    this.status = 200
    return new Promise((resolve) =>
      this.#server.listen(this.url === '' ? 0 : Number(new URL(this.url).port), '127.0.0.1', () => {
        this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhooks/stripe`
        resolve()
      }),
    )
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  #take(body: Buffer, signature: string | string[] | undefined): number {
    this.asked++
    try {
      const event = stripe.webhooks.constructEvent(body, String(signature), this.#secret)
      if (this.status === 200) this.heard.push(event)
      return this.status
    } catch {
      this.refused++
      return 400
    }
  }
}
