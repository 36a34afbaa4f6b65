#!/bin/sh
# `mailpit`, or `mailpit readyz`.
[ "${1:-}" = readyz ] || exec node /app/dist/simulators/mailbox/main.js
exec node -e "fetch('http://127.0.0.1:8025/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
