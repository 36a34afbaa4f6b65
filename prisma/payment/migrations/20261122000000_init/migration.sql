-- CreateTable
CREATE TABLE "Payment" (
    "orderId" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "paymentMethod" TEXT NOT NULL,
    "chargeId" TEXT,
    "refundId" TEXT,
    "reason" TEXT,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "queue" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "data" TEXT NOT NULL,
    "traceparent" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "stamp" DATETIME NOT NULL,
    "pushes" INTEGER NOT NULL DEFAULT 1,
    "crashes" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "outcome" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "DeadLetter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "queue" TEXT NOT NULL,
    "name" TEXT,
    "orderId" TEXT,
    "reason" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "replayId" TEXT,
    "replayedAt" DATETIME
);

-- CreateIndex
CREATE INDEX "Outbox_queue_stamp_id_idx" ON "Outbox"("queue", "stamp", "id");

-- CreateIndex
CREATE INDEX "Inbox_at_idx" ON "Inbox"("at");

-- CreateIndex
CREATE INDEX "DeadLetter_at_idx" ON "DeadLetter"("at");
