# In place of the image `valkey/valkey`: Debian's Redis 7.0, which Valkey was made from, by its names.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends redis-server && usermod --login valkey redis \
  && mkdir /data && chown valkey /data && for name in server cli; do ln -s redis-$name /usr/bin/valkey-$name; done
WORKDIR /data
VOLUME /data
CMD ["valkey-server"]
