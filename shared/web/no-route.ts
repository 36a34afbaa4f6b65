import type { Express, RequestHandler } from './express.ts'
import { Problem } from './problem.ts'

/** A route as Express keeps it: it tells by itself which paths are its own. */
type Layer = { route: { methods: Record<string, boolean> }; match(path: string): unknown }

/**
 * What comes to a request that no route took: 404 where nothing is; elsewhere OPTIONS is told what goes there, and any
 * other method is 405 with the same in `Allow`. Mounted after the routes of `app`, whatever they are.
 */
export function noRoute(app: Express): RequestHandler {
  return ({ method, path }, res) => {
    const allowed = methodsAt(app, path)
    const isNowhere = allowed.length === 0 || allowed.includes(method) // the latter: its route found nothing there
    if (isNowhere) throw new Problem(404, 'Not found', `There is nothing at ${method} ${path}.`)
    const Allow = [...allowed, 'OPTIONS'].join(', ')
    if (method === 'OPTIONS') return void res.set({ Allow }).status(204).end()
    const detail = `${method} does not go at ${path}; ${allowed.join(', ')} does.`
    throw new Problem(405, 'Method not allowed', detail).with({ Allow })
  }
}

/** The methods of all routes at a path; whoever may GET may HEAD. */
function methodsAt(app: Express, path: string): string[] {
  if (path === '*') return ['GET', 'HEAD', 'POST'] // OPTIONS * asks about the server as a whole
  const layers: object[] = app.router.stack
  const known = layers.filter(isRoute).filter((layer) => layer.match(path))
  const methods = known.flatMap(({ route }) => Object.keys(route.methods).map((name) => name.toUpperCase()))
  return [...new Set(methods.flatMap((name) => (name === 'GET' ? [name, 'HEAD'] : [name])))]
}

function isRoute(layer: object): layer is Layer {
  return 'route' in layer && layer.route !== undefined && 'match' in layer
}
