import { describe, expect, it } from '@jest/globals'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()

const loseMail = (id: string) => {
  shop.mailbox = shop.mailbox.filter((mail) => mail.id !== id)
}
const forgetMail = (orderId: string, kind: string) =>
  shop.sql('notification', `DELETE FROM "Mail" WHERE orderId = '${orderId}' AND kind = '${kind}'`)
const copyMail = (id: string) => {
  shop.mailbox.push(...shop.mailbox.filter((mail) => mail.id === id))
}

describe('a mail', () => {
  it.each([
    ['paid', 'received'],
    ['declined', 'declined'],
    ['cancelled', 'cancelled'],
    ['refunded', 'paid'],
    ['sorry', 'rejected'],
  ])('that the %s order never got, %s, is found', (orderId, kind) => {
    loseMail(`${orderId} ${kind}`)
    forgetMail(orderId, kind)
    expect(shop.wrongs()).toEqual([`missingMail ${orderId}`])
  })

  it('that is noted as sent and never arrived is found', () => {
    loseMail('paid paid')
    expect(shop.wrongs()).toEqual(['undeliveredMail paid'])
  })

  it('that arrived and was never noted is found at rest, and excused before', () => {
    forgetMail('paid', 'paid')
    expect(shop.wrongs()).toEqual(['unnotedMail paid'])
    shop.await('paid')
    expect(shop.wrongs()).toEqual([])
  })

  it.each([
    ['rejected', 'paid'],
    ['paid', 'declined'],
    ['paid', 'cancelled'],
    ['cancelled', 'refunded'],
    ['declined', 'nonsense'],
  ])('that the %s order should not have got, %s, is found', (orderId, kind) => {
    shop.mail(orderId, kind)
    expect(shop.wrongs()).toEqual([`unexpectedMail ${orderId}`])
  })

  it('to somebody else is found', () => {
    shop.mailbox = shop.mailbox.map((mail) => (mail.id === 'paid paid' ? { ...mail, to: ['eve@example.com'] } : mail))
    expect(shop.wrongs()).toEqual(['misdirectedMail paid'])
  })

  it.each([
    ['ada@xn--mnchen-3ya.de', 'ada@münchen.de'],
    ['ada@münchen.de', 'ada@XN--MNCHEN-3YA.DE'],
    ['ada@EXAMPLE.com', 'ada@example.COM'],
  ])('to %s may arrive at %s, which is the same', (ordered, arrived) => {
    shop.sql('order', `UPDATE "Order" SET customerEmail = '${ordered}' WHERE id = 'paid'`)
    shop.mailbox = shop.mailbox.map((mail) => (String(mail.id).startsWith('paid ') ? { ...mail, to: [arrived] } : mail))
    expect(shop.wrongs()).toEqual([])
  })

  it.each(['ada@münchen.com', 'eve@münchen.de', 'ada@münchen.de,eve@münchen.de', ''])('to %s is found', (arrived) => {
    shop.sql('order', `UPDATE "Order" SET customerEmail = 'ada@xn--mnchen-3ya.de' WHERE id = 'paid'`)
    shop.mailbox = shop.mailbox.map((mail) =>
      String(mail.id).startsWith('paid ') ? { ...mail, to: arrived.split(',') } : mail,
    )
    expect(new Set(shop.wrongs())).toEqual(new Set(['misdirectedMail paid']))
  })

  it('that came twice is found', () => {
    copyMail('refunded refunded')
    expect(shop.wrongs()).toEqual(['duplicateMail refunded'])
  })

  it('that came twice is only counted where crashes explain it, up to a number', () => {
    for (const id of ['paid paid', 'refunded refunded']) copyMail(id)
    expect(shop.audit({ allowDuplicateMails: 2 })).toMatchObject({
      isWell: true,
      figures: { mails: { duplicates: 2 } },
    })
    expect(shop.wrongs({ allowDuplicateMails: 1 })).toEqual(['duplicateMail paid', 'duplicateMail refunded'])
  })

  it('about an order that does not exist is found', () => {
    shop.mail('ghost', 'paid')
    expect(shop.wrongs()).toEqual(['withoutOrder ghost', 'withoutOrder ghost']) // the mail, and that it is noted
  })

  it('that was kept when mails carried the id of their order is judged all the same', () => {
    const old = { orderId: 'paid', messageId: '<paid.paid@orderline.example>', raw: '' }
    shop.mailbox = shop.mailbox.map(({ id, to, ...mail }) => ({ id, to, ...(id === 'paid paid' ? old : mail) }))
    expect(shop.wrongs()).toEqual([])
  })

  it('whose Message-ID is not of our making is found', () => {
    shop.mailbox = shop.mailbox.map((mail) => (mail.id === 'paid paid' ? { ...mail, messageId: '<x@y>' } : mail))
    expect(shop.wrongs()).toEqual(['undeliveredMail paid', 'unexpectedMail paid', 'unnotedMail paid'])
  })

  it('that names no order is found', () => {
    shop.mailbox.push({ id: 'm-1', messageId: '<x@y>', to: [], raw: '' })
    expect(shop.wrongs()).toEqual(['withoutOrder m-1'])
  })
})

describe('a contact', () => {
  it('without an order is found', () => {
    const contact = {
      orderId: 'ghost',
      number: 'x',
      name: 'x',
      email: 'x',
      lines: '[]',
      totalCents: 1,
      currency: 'EUR',
    }
    shop.insert('notification', 'Contact', contact)
    expect(shop.wrongs()).toEqual(['withoutOrder ghost'])
  })
})
