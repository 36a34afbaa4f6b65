# In place of the image `postgres`: Debian's PostgreSQL. What it does at its first start, the real one does, too, and more.
FROM debian:bookworm-slim
RUN mkdir -p /etc/postgresql-common && echo create_main_cluster = false > /etc/postgresql-common/createcluster.conf \
  && apt-get update && apt-get install --yes --no-install-recommends postgresql \
  && mkdir -p /var/lib/postgresql/data && chown postgres /var/lib/postgresql/data && chmod 700 /var/lib/postgresql/data \
  && install --directory --owner postgres --mode 3777 /var/run/postgresql \
  && ln -s /usr/lib/postgresql/*/bin/* /usr/local/bin/
COPY postgres-entrypoint.sh /usr/local/bin/
ENV PGDATA=/var/lib/postgresql/data
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
ENTRYPOINT ["postgres-entrypoint.sh"]
CMD ["postgres"]
