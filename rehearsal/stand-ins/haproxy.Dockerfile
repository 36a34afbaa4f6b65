# In place of the image `haproxy`: Debian's own, and a wget as the image's Alpine has it.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends haproxy wget
USER haproxy
STOPSIGNAL SIGUSR1
CMD ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
