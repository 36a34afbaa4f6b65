-- CreateTable
CREATE TABLE "Stock" (
    "sku" TEXT NOT NULL PRIMARY KEY,
    "received" INTEGER NOT NULL,
    "available" INTEGER NOT NULL,
    CHECK ("available" >= 0 AND "available" <= "received")
);

-- CreateTable
CREATE TABLE "Reservation" (
    "orderId" TEXT NOT NULL PRIMARY KEY,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "lines" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Delivery" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
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
