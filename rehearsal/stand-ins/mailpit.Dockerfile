# In place of the image `axllent/mailpit`: the shop's own mail catcher at the same ports, which also says whether it is ready. The
# packages that only it needs are not in the shop's image.
FROM orderline
USER root
WORKDIR /catcher
RUN npm install --no-save --ignore-scripts smtp-server@3 postal-mime@4 && ln -s /catcher/node_modules /node_modules
COPY --chmod=755 mailpit.sh /mailpit
ENV SIMULATORS=mailbox HOST=0.0.0.0 PORT=8025 SMTP_PORT=1025 DATA_DIR=/tmp
ENTRYPOINT ["/mailpit"]
CMD []
