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

-- CreateTable
CREATE TABLE "Topic" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "topic" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "data" TEXT NOT NULL
);
CREATE UNIQUE INDEX "Topic_event_key" ON "Topic"("event");
CREATE INDEX "Topic_topic_seq_idx" ON "Topic"("topic", "seq");
CREATE INDEX "Topic_topic_event_idx" ON "Topic"("topic", "event");
CREATE INDEX "Topic_at_idx" ON "Topic"("at");

-- CreateTable
CREATE TABLE "Latest" (
    "topic" TEXT NOT NULL PRIMARY KEY,
    "seq" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "data" TEXT NOT NULL
);
CREATE INDEX "Latest_seq_idx" ON "Latest"("seq");
