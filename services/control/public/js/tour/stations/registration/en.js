/** What the station of signing up says, in English. */
export const words = {
  'tour.registration.about':
    'Three people sign up, each to get a mail and an SMS. Mail server and SMS gateway take 1.5 s each today.',
  'tour.registration.do': 'Sign up in three ways',
  'tour.registration.why.1':
    'Without a queue whoever signs up waits for the mail server and the SMS gateway, and fails when one of them does.',
  'tour.registration.why.2':
    'With one the answer waits for a single write to disk: the account and what is to be sent, in one transaction.',
  'tour.registration.why.3':
    'Mail and SMS have a list each, so neither waits for the other, and both are tried until they are done.',
  'tour.registration.way.serial': 'One after another',
  'tour.registration.way.serial.about': 'row, mail, SMS, then the answer',
  'tour.registration.way.parallel': 'In parallel',
  'tour.registration.way.parallel.about': 'row, mail and SMS at once, then the answer',
  'tour.registration.way.queue': 'Through the queue',
  'tour.registration.way.queue.about': 'row and messages, then the answer',
  'tour.registration.way.broken': 'While it is broken',
  'tour.registration.way.broken.about': 'through the queue',
  'tour.registration.tray': 'Letter tray',
  'tour.registration.phone': 'Phone',
  'tour.registration.after': '{ago} after signing up',
  'tour.registration.notYet': 'Nothing yet.',
  'tour.registration.mailboxAway': 'The mail server does not answer.',
  'tour.registration.smsAway': 'The SMS gateway does not answer.',
  'tour.registration.break.away': 'Take the SMS gateway away, and sign up',
  'tour.registration.break.between': 'Kill notification when the mail is out and the SMS is not',
  'tour.registration.break.taken': 'Kill notification when the gateway has taken the SMS and nobody has noted it',
  'tour.registration.seen': 'Answered after {took}, all delivered after {settled}. Mails: {mails}. SMS: {sms}.',
  'tour.registration.waits.away':
    'Answered after {took}, and the mail is there. The SMS waits in its list for the gateway: it goes out only once you repair it.',
  'tour.registration.waits.back':
    'Answered after {took}, and the mail is there. The SMS goes out with the next attempt.',
  'tour.registration.waits.worker':
    'Answered after {took}, and the mail is there. The SMS goes out as soon as notification is back.',
  'tour.registration.waits.taken':
    'Answered after {took}; mail and SMS are there. Notification does not know of the SMS yet: it asks the gateway before it would send it again.',
  'tour.registration.gave': 'The answer comes when the account is on disk, whatever mail and SMS do.',
  'tour.registration.cost': 'The letter may come later than the answer, so the page has to say where it is.',
  'tour.registration.pays':
    'What is to be sent is an outbox row until it is sent; an SMS is noted as begun, so that it is looked for before it is sent again.',
  'tour.registration.question': 'How long did the sign-up take while this was broken?',
}
