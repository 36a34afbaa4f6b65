import { follow } from '/assets/js/stream.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { Crowd, Snapshot } from '../../../../control/room/snapshot.ts' */

/** How far the crowd is that was sent last, as the control room's stream tells it; null where there was none. @returns {Crowd | null} */
export function useCrowd() {
  const [crowd, setCrowd] = useState(/** @type {Crowd | null} */ (null))
  useEffect(() => {
    const stream = follow(() => '/api/admin/live?log=demo.crowd', {
      up: () => {},
      down: () => {},
      hear: (/** @type {Snapshot} */ { scene }) => scene && setCrowd(scene.crowd),
    })
    return stream.close
  }, [])
  return crowd
}
