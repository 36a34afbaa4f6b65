-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Mail" (
    "messageId" TEXT NOT NULL PRIMARY KEY,
    "orderId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "sentAt" BIGINT NOT NULL
);
INSERT INTO "new_Mail" ("kind", "messageId", "orderId", "recipient", "sentAt") SELECT "kind", "messageId", "orderId", "recipient", "sentAt" FROM "Mail";
DROP TABLE "Mail";
ALTER TABLE "new_Mail" RENAME TO "Mail";
CREATE INDEX "Mail_orderId_idx" ON "Mail"("orderId");
CREATE TABLE "new_Outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "queue" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "data" TEXT NOT NULL,
    "traceparent" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "stamp" BIGINT NOT NULL,
    "pushes" INTEGER NOT NULL DEFAULT 1,
    "crashes" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "new_Outbox" ("at", "attempt", "crashes", "data", "id", "name", "orderId", "pushes", "queue", "stamp", "traceparent") SELECT "at", "attempt", "crashes", "data", "id", "name", "orderId", "pushes", "queue", "stamp", "traceparent" FROM "Outbox";
DROP TABLE "Outbox";
ALTER TABLE "new_Outbox" RENAME TO "Outbox";
CREATE INDEX "Outbox_queue_stamp_id_idx" ON "Outbox"("queue", "stamp", "id");
CREATE TABLE "new_Inbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "outcome" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);
INSERT INTO "new_Inbox" ("at", "id", "outcome") SELECT "at", "id", "outcome" FROM "Inbox";
DROP TABLE "Inbox";
ALTER TABLE "new_Inbox" RENAME TO "Inbox";
CREATE TABLE "new_DeadLetter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "queue" TEXT NOT NULL,
    "name" TEXT,
    "orderId" TEXT,
    "reason" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "replayId" TEXT,
    "replayedAt" BIGINT
);
INSERT INTO "new_DeadLetter" ("at", "body", "id", "name", "orderId", "queue", "reason", "replayId", "replayedAt") SELECT "at", "body", "id", "name", "orderId", "queue", "reason", "replayId", "replayedAt" FROM "DeadLetter";
DROP TABLE "DeadLetter";
ALTER TABLE "new_DeadLetter" RENAME TO "DeadLetter";
CREATE INDEX "DeadLetter_at_idx" ON "DeadLetter"("at");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
