-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Order" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "customerName" TEXT NOT NULL,
    "customerEmail" TEXT NOT NULL,
    "customerPhone" TEXT,
    "paymentMethod" TEXT NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "placedAt" BIGINT NOT NULL
);
INSERT INTO "new_Order" ("currency", "customerEmail", "customerName", "customerPhone", "id", "paymentMethod", "placedAt", "seq", "state", "totalCents") SELECT "currency", "customerEmail", "customerName", "customerPhone", "id", "paymentMethod", "placedAt", "seq", "state", "totalCents" FROM "Order";
DROP TABLE "Order";
ALTER TABLE "new_Order" RENAME TO "Order";
CREATE UNIQUE INDEX "Order_id_key" ON "Order"("id");
CREATE INDEX "Order_state_seq_idx" ON "Order"("state", "seq");
CREATE TABLE "new_TimelineEntry" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "orderId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "messageId" TEXT,
    "attempt" INTEGER,
    "detail" TEXT
);
INSERT INTO "new_TimelineEntry" ("at", "attempt", "detail", "event", "messageId", "orderId", "seq", "service", "state") SELECT "at", "attempt", "detail", "event", "messageId", "orderId", "seq", "service", "state" FROM "TimelineEntry";
DROP TABLE "TimelineEntry";
ALTER TABLE "new_TimelineEntry" RENAME TO "TimelineEntry";
CREATE INDEX "TimelineEntry_orderId_seq_idx" ON "TimelineEntry"("orderId", "seq");
CREATE TABLE "new_IdempotencyKey" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "fingerprint" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);
INSERT INTO "new_IdempotencyKey" ("at", "fingerprint", "key", "orderId") SELECT "at", "fingerprint", "key", "orderId" FROM "IdempotencyKey";
DROP TABLE "IdempotencyKey";
ALTER TABLE "new_IdempotencyKey" RENAME TO "IdempotencyKey";
CREATE INDEX "IdempotencyKey_at_idx" ON "IdempotencyKey"("at");
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
