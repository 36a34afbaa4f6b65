# In place of the image `node`: Node and npm as the registry has them, and its user.
FROM debian:bookworm-slim
COPY node_modules/node-linux-*/bin/node /usr/local/bin/
COPY node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && useradd --uid 1000 --create-home node
CMD ["node"]
