-- CreateTable
CREATE TABLE "Sale" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT,
    "fingerprint" TEXT,
    "kind" TEXT NOT NULL,
    "queueing" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "unitPriceCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "granted" INTEGER,
    "credits" INTEGER NOT NULL DEFAULT 0 CHECK ("credits" >= 0),
    "held" INTEGER NOT NULL DEFAULT 0 CHECK ("held" >= 0),
    "bought" INTEGER NOT NULL DEFAULT 0 CHECK ("bought" >= 0),
    "spared" INTEGER NOT NULL DEFAULT 0,
    "numbers" INTEGER NOT NULL DEFAULT 0,
    "admissions" INTEGER NOT NULL DEFAULT 0,
    "admittedUpTo" INTEGER NOT NULL DEFAULT 0,
    "opensAt" BIGINT NOT NULL,
    "drawsAt" BIGINT,
    "endsAt" BIGINT NOT NULL,
    "payWithinMs" INTEGER NOT NULL,
    "seed" TEXT,
    "seedHash" TEXT,
    "drawnAt" BIGINT,
    "endedAt" BIGINT,
    "why" TEXT,
    "createdAt" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "Sale_key_key" ON "Sale"("key");
-- CreateIndex: those that go on.
CREATE INDEX "Sale_endsAt_idx" ON "Sale"("endsAt") WHERE "endedAt" IS NULL;

-- CreateTable
CREATE TABLE "Entry" (
    "sale" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER,
    "state" TEXT NOT NULL,
    "buyer" TEXT NOT NULL,
    "mailbox" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "account" TEXT,
    "language" TEXT NOT NULL,
    "joinedAt" BIGINT NOT NULL,
    "admission" INTEGER,
    "admittedAt" BIGINT,

    PRIMARY KEY ("sale", "number")
);
CREATE UNIQUE INDEX "Entry_id_key" ON "Entry"("id");
CREATE UNIQUE INDEX "Entry_sale_mailbox_key" ON "Entry"("sale", "mailbox");
CREATE INDEX "Entry_account_idx" ON "Entry"("account") WHERE "account" IS NOT NULL;
-- CreateIndex: who has not been read yet, and who is next.
CREATE INDEX "Entry_joined_idx" ON "Entry"("sale", "position") WHERE "state" = 'joined';
CREATE INDEX "Entry_waiting_idx" ON "Entry"("sale", "position") WHERE "state" = 'waiting';

-- CreateTable
CREATE TABLE "Event" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "v" INTEGER NOT NULL DEFAULT 1,
    "subject" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "traceparent" TEXT,
    "data" TEXT NOT NULL,
    "copyOf" TEXT
);
CREATE UNIQUE INDEX "Event_id_key" ON "Event"("id");

-- CreateTable
CREATE TABLE "Outbox" (
    "event" INTEGER NOT NULL,
    "queue" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "stamp" BIGINT NOT NULL,
    "pushes" INTEGER NOT NULL,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "enqueuedAt" BIGINT NOT NULL,

    PRIMARY KEY ("event", "queue")
);
CREATE INDEX "Outbox_queue_stamp_event_idx" ON "Outbox"("queue", "stamp", "event");

-- CreateTable
CREATE TABLE "Inbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "outcome" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "DeadLetter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "queue" TEXT NOT NULL,
    "name" TEXT,
    "subject" TEXT,
    "reason" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "replayId" TEXT,
    "replayedAt" BIGINT
);
CREATE INDEX "DeadLetter_at_idx" ON "DeadLetter"("at");

-- CreateTable
CREATE TABLE "Meta" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);
