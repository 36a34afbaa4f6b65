/** What the public seckill projects keep in Redis: the units left, the list of orders to write, and whether all is over. */
export const STOCK = 'seckill:stock'
export const ORDERS = 'seckill:orders'
export const OVER = 'seckill:over'
