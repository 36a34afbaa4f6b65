import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import express from 'express'
import { createTransport } from 'nodemailer'
import { PrismaClient } from '../../prisma/accounts/client/client.ts'
import { openAccounts } from '../../services/accounts/db.ts'
import { listen } from '../../shared/web/http.ts'
import { serve } from '../serve.ts'
import { DurableAdapter } from './jobs/durable-adapter.ts'

type Body = { name: string; email: string; password: string; phone: string; language: string }

// What one writes first, and well: the account with one Prisma `create`, then the mail and the SMS, one after the other or
// both at once, and only then the answer. The same table, the same hash, the same mail server and SMS gateway.
const { DATA_DIR: folder = '', SMTP_URL: smtpUrl, SMS_API_BASE: smsUrl, SMS_ACCOUNT, SMS_TOKEN, SMS_FROM } = process.env
await (await openAccounts(folder)).close() // makes the tables
const prisma = new PrismaClient({ adapter: new DurableAdapter(join(folder, 'accounts.db')) })
const mailer = createTransport({ url: smtpUrl ?? '', pool: true })

const app = express()
app.disable('x-powered-by')
app.use(express.json({ limit: '64kb' }))
app.post('/serial', async (req, res) => {
  const body: Body = req.body
  const id = await keep(body)
  await sendMail(id, body)
  await sendSms(body)
  res.status(202).json({ registration: id })
})
app.post('/parallel', async (req, res) => {
  const body: Body = req.body
  const id = await keep(body)
  await Promise.all([sendMail(id, body), sendSms(body)])
  res.status(202).json({ registration: id })
})

const server = await listen(app, 0, '127.0.0.1')
serve({ url: async () => server.url }, async () => {
  await server.close()
  mailer.close()
  await prisma.$disconnect()
})

async function keep({ name, email, password, phone, language }: Body): Promise<string> {
  const id = randomUUID()
  const passwordHash = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  const account = { id, email, mailbox: email, name, language, passwordHash, createdAt: Date.now(), phone }
  await prisma.account.create({ data: account })
  return id
}

async function sendMail(id: string, { name, email }: Body): Promise<void> {
  const link = `http://localhost:3000/account/verify#${id}`
  const text = `Hello ${name},\n\nwelcome to our shop. Please confirm your address: ${link}\n`
  const html = `<p>Hello ${name},</p><p>welcome to our shop. Please <a href="${link}">confirm your address</a>.</p>`
  await mailer.sendMail({ from: 'shop@orderline.example', to: email, subject: 'Welcome', text, html })
}

async function sendSms({ phone }: Body): Promise<void> {
  const body = new URLSearchParams({ To: phone, From: SMS_FROM ?? '', Body: 'Your code is 123456.' })
  const authorization = `Basic ${Buffer.from(`${SMS_ACCOUNT}:${SMS_TOKEN}`).toString('base64')}`
  const url = `${smsUrl}/2010-04-01/Accounts/${SMS_ACCOUNT}/Messages.json`
  const { status } = await fetch(url, { method: 'POST', headers: { authorization }, body })
  if (status !== 201) throw new Error(`an SMS was answered with ${status}`)
}
