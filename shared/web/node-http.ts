/**
 * Node's HTTP, for what is done at every start. An `import` of it reads all that it exports: `fetch` and its likes are loaded
 * with that, which takes 30 ms of CPU, and most programs never use them.
 */
export const { Agent, createServer, request } = process.getBuiltinModule('node:http')
