// A message that is one such word, and no other: https://support.twilio.com/hc/en-us/articles/223134027
const OUT = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']
const IN = ['START', 'YES', 'UNSTOP']

/** Whether somebody wants no more SMS. */
export const wantsOut = (body: string) => OUT.includes(body.trim().toUpperCase())

/** Whether somebody wants them again. */
export const wantsIn = (body: string) => IN.includes(body.trim().toUpperCase())
