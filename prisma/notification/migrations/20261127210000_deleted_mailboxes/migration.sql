-- CreateTable
CREATE TABLE "DeletedMailbox" (
    "digest" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);
CREATE INDEX "DeletedMailbox_at_idx" ON "DeletedMailbox"("at");
