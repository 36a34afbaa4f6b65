-- CreateTable
CREATE TABLE "Contact" (
    "orderId" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "lines" TEXT NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Mail" (
    "messageId" TEXT NOT NULL PRIMARY KEY,
    "orderId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "sentAt" DATETIME NOT NULL
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
CREATE INDEX "Mail_orderId_idx" ON "Mail"("orderId");

-- CreateIndex
CREATE INDEX "Outbox_queue_stamp_id_idx" ON "Outbox"("queue", "stamp", "id");

-- CreateIndex
CREATE INDEX "Inbox_at_idx" ON "Inbox"("at");

-- CreateIndex
CREATE INDEX "DeadLetter_at_idx" ON "DeadLetter"("at");
