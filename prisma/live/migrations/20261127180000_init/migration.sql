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
