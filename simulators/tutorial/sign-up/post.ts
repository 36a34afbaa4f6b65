import { createTransport } from 'nodemailer'

/** Of this program, and not of the shop: by the kind in a Message-ID, and by the number, the auditor tells them apart. */
const KIND = 'tutorial'
const NUMBER = '+15005550046'

/** Whom a letter and an SMS go to. */
export type Recipient = { id: string; name: string; email: string; phone: string }

/** The mail server and the SMS gateway, as one's own code would be told of them. */
export type Outside = {
  SMTP_URL?: string | undefined
  SMS_API_BASE?: string | undefined
  SMS_ACCOUNT?: string | undefined
  SMS_TOKEN?: string | undefined
}

/** Sends the letter and the SMS of a registration. Each resolves when it was taken, and rejects otherwise: nobody tries again. */
export type Post = { sendMail(to: Recipient): Promise<void>; sendSms(to: Recipient): Promise<void>; close(): void }

export function openPost({ SMTP_URL: smtpUrl = '', SMS_API_BASE, SMS_ACCOUNT, SMS_TOKEN }: Outside): Post {
  const mailer = createTransport({ url: smtpUrl, pool: true })
  const smsUrl = `${SMS_API_BASE}/2010-04-01/Accounts/${SMS_ACCOUNT}/Messages.json`
  const authorization = `Basic ${Buffer.from(`${SMS_ACCOUNT}:${SMS_TOKEN}`).toString('base64')}`
  return {
    sendMail: async ({ id, name, email }) => {
      const link = `http://localhost:3000/account/verify#${id}`
      const text = `Hello ${name},\n\nwelcome to our shop. Please confirm your address: ${link}\n`
      const html = `<p>Hello ${name},</p><p>welcome to our shop. Please <a href="${link}">confirm your address</a>.</p>`
      const messageId = `<${id}.${KIND}@orderline.example>`
      await mailer.sendMail({
        from: 'tutorial@orderline.example',
        to: email,
        subject: 'Welcome',
        text,
        html,
        messageId,
      })
    },
    sendSms: async ({ phone }) => {
      const body = new URLSearchParams({ To: phone, From: NUMBER, Body: 'Your code is 123456.' })
      const { status } = await fetch(smsUrl, { method: 'POST', headers: { authorization }, body })
      if (status !== 201) throw new Error(`an SMS was answered with ${status}`)
    },
    close: () => mailer.close(),
  }
}
