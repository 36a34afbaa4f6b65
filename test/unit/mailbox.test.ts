import { appendFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { createTransport } from 'nodemailer'
import { useMailbox } from '../mailbox-rig.ts'

const mailbox = useMailbox()

describe('mail in, mail out', () => {
  it('a mail can be read with its text, html and headers', async () => {
    const html = '<p>Grüße, 250 €</p>'
    await mailbox.send({ orderNumber: 'o-1', subject: 'Überweisung', text: 'Grüße, 250 €', html })

    const listed = { subject: 'Überweisung', orderNumber: 'o-1', to: ['ada@example.com'] }
    expect(await mailbox.list()).toMatchObject({ messages: [listed], total: 1 })
    const mail = await mailbox.newest()
    expect(mail).toMatchObject({ from: 'shop@example.com', html: expect.stringContaining(html) })
    expect(mail).toMatchObject({ text: expect.stringContaining('Grüße, 250 €') })
    expect(mail).toMatchObject({ headers: { 'x-order-number': 'o-1', to: 'Ada <ada@example.com>' } })
    expect(mail).toMatchObject({ raw: expect.stringMatching(/^X-Order-Number: o-1\r?$/im) })
  })

  it('the newest mail comes first, and the mails of one order can be asked for', async () => {
    await mailbox.send({ orderNumber: 'o-1', subject: 'received' })
    await mailbox.send({ orderNumber: 'o-2', subject: 'other' })
    await mailbox.send({ orderNumber: 'o-1', subject: 'paid' })

    expect(await mailbox.subjects()).toEqual(['paid', 'other', 'received'])
    expect(await mailbox.subjects('?orderNumber=o-1')).toEqual(['paid', 'received'])
    expect(await mailbox.list('?orderNumber=nobody')).toEqual({ messages: [], total: 0 })
  })

  it('a long list comes in pages that neither skip nor repeat a mail', async () => {
    for (const subject of ['a', 'b', 'c', 'd', 'e']) await mailbox.send({ orderNumber: 'o-1', subject })

    for (const filter of ['', '&orderNumber=o-1']) {
      const first = await mailbox.list(`?limit=2${filter}`)
      const second = await mailbox.list(`?limit=2${filter}&before=${first.next}`)
      const last = await mailbox.list(`?limit=2${filter}&before=${second.next}`)
      const pages = [first, second, last].map(({ messages }) => messages.map(({ subject }) => subject))
      expect(pages).toEqual([['e', 'd'], ['c', 'b'], ['a']])
      expect(last).toMatchObject({ total: 5 })
      expect(last.next).toBeUndefined()
    }
  })

  it('the mailbox can be emptied, and takes mails again', async () => {
    await mailbox.send({ subject: 'old' })

    expect((await fetch(`${mailbox.url}/messages`, { method: 'DELETE' })).status).toBe(204)
    await mailbox.send({ subject: 'new' })
    expect(await mailbox.subjects()).toEqual(['new'])

    await mailbox.shutDown()
    await mailbox.boot()
    expect(await mailbox.subjects()).toEqual(['new'])
  })

  it('after a restart all mails are there, but for a line that was torn', async () => {
    await mailbox.send({ orderNumber: 'o-1', subject: 'kept\u2028kept' })
    await mailbox.shutDown()
    await appendFile(mailbox.filePath, '{"id":"x","raw":"Subj')
    await mailbox.boot()
    await mailbox.send({ orderNumber: 'o-1', subject: 'next' })

    expect(await mailbox.subjects('?orderNumber=o-1')).toEqual(['next', 'kept\u2028kept'])
  })

  it('mails that arrive together are all kept', async () => {
    const transport = createTransport({ url: mailbox.smtpUrl, pool: true, maxConnections: 8 })
    const subjects = Array.from({ length: 100 }, (_, i) => `mail ${i}`)
    const sent = subjects.map((subject) => transport.sendMail({ from: 'a@b.c', to: 'd@e.f', subject }))
    await Promise.all(sent)
    transport.close()

    expect(new Set(await mailbox.subjects('?limit=1000'))).toEqual(new Set(subjects))
  })
})

describe('trouble', () => {
  it('a mailbox that is down refuses with 421, ends what is open, and comes back', async () => {
    const transport = createTransport({ url: mailbox.smtpUrl, pool: true, maxConnections: 1 })
    const mail = { from: 'a@b.c', to: 'd@e.f', subject: 'pooled' }
    await transport.sendMail(mail)

    await mailbox.turn({ down: true })
    await expect(mailbox.send()).rejects.toMatchObject({ responseCode: 421 })
    await expect(transport.sendMail(mail)).rejects.toBeInstanceOf(Error)

    await mailbox.turn({ down: false })
    await transport.sendMail(mail)
    transport.close()
    expect(await mailbox.subjects()).toEqual(['pooled', 'pooled'])
  })

  it('a mail whose answer is lost has been kept', async () => {
    await mailbox.turn({ dropAfterAccept: 1 })
    await expect(mailbox.send({ orderNumber: 'o-1' })).rejects.toMatchObject({ code: 'ECONNECTION' })

    await mailbox.turn({ dropAfterAccept: 0 })
    await mailbox.send({ orderNumber: 'o-1' })

    expect(await mailbox.list('?orderNumber=o-1')).toMatchObject({ total: 2 })
  })

  it('a mail that is too large is refused, whether its size was announced or not', async () => {
    const text = 'x'.repeat(1_100_000)
    await expect(mailbox.send({ text })).rejects.toMatchObject({ responseCode: 552 })
    expect(await dialogue(['DATA', `${text}\r\n.`, 'QUIT'])).toContain('552 ')

    await mailbox.send({ subject: 'small' })
    expect(await mailbox.subjects()).toEqual(['small'])
  })

  it('garbage is not the end: it is answered, or kept as it came', async () => {
    const bytes = '\0\xff no header, Gr\xc3\xbc\xc3\x9fe'
    expect(await dialogue(['NONSENSE', 'DATA', `${bytes}\r\n.`, 'QUIT'])).toContain('500 ')
    expect(await mailbox.newest()).toMatchObject({ raw: expect.stringContaining('no header, Grüße') })
    expect((await fetch(`${mailbox.url}/messages/none`)).status).toBe(404)
    expect((await fetch(`${mailbox.url}/messages?limit=all`)).status).toBe(400)
    expect((await mailbox.turn({ dropAfterAccept: 'often' })).status).toBe(400)

    await mailbox.send({ subject: 'fine' })
    expect((await mailbox.subjects())[0]).toBe('fine')
  })

  it('a sender that leaves in the middle of a mail leaves nothing behind', async () => {
    await dialogue(['DATA', 'Subject: half'])

    await mailbox.send({ subject: 'whole' })
    expect(await mailbox.subjects()).toEqual(['whole'])
  })
})

/** Says hello, names sender and receiver, then sends `lines` one per answer and hangs up. */
function dialogue(lines: string[]): Promise<string> {
  const { hostname, port } = new URL(mailbox.smtpUrl)
  const script = ['EHLO me', 'MAIL FROM:<a@b.c>', 'RCPT TO:<d@e.f>', ...lines]
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = createConnection(Number(port), hostname)
    socket.setEncoding('latin1').on('data', (text) => {
      heard += text
      const line = script.shift()
      if (line !== undefined) socket.write(`${line}\r\n`, 'latin1')
      if (script.length === 0) socket.end()
    })
    socket.on('error', reject).on('close', () => resolve(heard))
  })
}
