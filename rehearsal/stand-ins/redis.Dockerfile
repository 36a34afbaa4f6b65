# In place of the image `redis`: Debian's own, without its configuration.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends redis-server && mkdir /data && chown redis /data
WORKDIR /data
VOLUME /data
CMD ["redis-server"]
