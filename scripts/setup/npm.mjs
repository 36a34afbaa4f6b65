import { capture } from './spawn.mjs'

/** Runs npm quietly: the very one that was called, or else the one on PATH. */
export function npm(...args) {
  const cli = process.env.npm_execpath // set under `npm start`
  const quiet = [...args, '--no-audit', '--no-fund', '--loglevel=error']
  return cli ? capture(process.execPath, [cli, ...quiet]) : capture('npm', quiet)
}
