/** The tutorial's list and its status hash, and its message. */
export const QUEUE = 'myqueue'
export const STATUS = 'message_status'

export const messageOf = (id: string, buyer: number) => JSON.stringify({ message_id: id, data: { buyer } })
