-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Payment" (
    "orderId" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "paymentMethod" TEXT NOT NULL,
    "chargeId" TEXT,
    "refundId" TEXT,
    "reason" TEXT,
    "at" BIGINT NOT NULL
);
INSERT INTO "new_Payment" ("at", "chargeId", "currency", "number", "orderId", "paymentMethod", "reason", "refundId", "state", "totalCents") SELECT "at", "chargeId", "currency", "number", "orderId", "paymentMethod", "reason", "refundId", "state", "totalCents" FROM "Payment";
DROP TABLE "Payment";
ALTER TABLE "new_Payment" RENAME TO "Payment";
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
