/** The lines of simulators/naive-sale/main.ts that it is about; a test compares them. */
export const NAIVE = `const left = Number(await redis.get(STOCK))
if (left <= 0) return void res.status(409).json({})
await redis.rpush(ORDERS, String(req.query.buyer))
await redis.set(STOCK, left - 1)`
