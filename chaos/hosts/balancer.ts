import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from './host.ts'
import { addressOf, appNames } from './host-names.ts'

const SHOP_PORT = 3000
export const SHOP_URL = `http://${addressOf('balancer')}`

/** nginx in front of both application hosts; a request that may have arrived is not sent to the other one by it. */
export function keepBalancer(host: Host, folder: string): void {
  const own = join(folder, 'balancer')
  mkdirSync(own, { recursive: true })
  const path = join(own, 'nginx.conf')
  writeFileSync(path, configIn(own))
  host.keep({ name: 'nginx', command: 'nginx', args: ['-e', join(own, 'error.log'), '-c', path] })
}

const configIn = (folder: string) => `
daemon off;
user root;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log ${join(folder, 'error.log')} warn;
events { worker_connections 2000; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n  ')}
  upstream shop {
    ${appNames.map((name) => `server ${addressOf(name)}:${SHOP_PORT} max_fails=2 fail_timeout=2s;`).join('\n    ')}
    keepalive 32;
  }
  server {
    listen 80;
    location / {
      proxy_pass http://shop;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_connect_timeout 1s;
      proxy_read_timeout 30s;
      proxy_buffering off;
    }
  }
}
`
