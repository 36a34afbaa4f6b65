import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import express from 'express'
import { PrismaClient } from '../../prisma/accounts/client/client.ts'
import { openAccounts } from '../../services/accounts/db.ts'
import { listen } from '../../shared/web/http.ts'
import { openPost } from '../../simulators/tutorial/sign-up/post.ts'
import { serve } from '../serve.ts'
import { DurableAdapter } from './jobs/durable-adapter.ts'

type Body = { name: string; email: string; password: string; phone: string; language: string }

// What one writes first, and well: the account with one Prisma `create`, then the mail and the SMS, one after the other or
// both at once, and only then the answer. The same table, the same hash, the same mail server and SMS gateway.
const { DATA_DIR: folder = '' } = process.env
await (await openAccounts(folder)).close() // makes the tables
const prisma = new PrismaClient({ adapter: new DurableAdapter(join(folder, 'accounts.db')) })
const post = openPost(process.env)

const app = express()
app.disable('x-powered-by')
app.use(express.json({ limit: '64kb' }))
app.post('/serial', async (req, res) => {
  const body: Body = req.body
  const id = await keep(body)
  await post.sendMail({ ...body, id })
  await post.sendSms({ ...body, id })
  res.status(202).json({ registration: id })
})
app.post('/parallel', async (req, res) => {
  const body: Body = req.body
  const id = await keep(body)
  await Promise.all([post.sendMail({ ...body, id }), post.sendSms({ ...body, id })])
  res.status(202).json({ registration: id })
})

const server = await listen(app, 0, '127.0.0.1')
serve({ url: async () => server.url }, async () => {
  await server.close()
  post.close()
  await prisma.$disconnect()
})

async function keep({ name, email, password, phone, language }: Body): Promise<string> {
  const id = randomUUID()
  const passwordHash = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  const account = { id, email, mailbox: email, name, language, passwordHash, createdAt: Date.now(), phone }
  await prisma.account.create({ data: account })
  return id
}
