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

-- What is on its way keeps the id that its receiver may know already: one event per row, and none of them history.
INSERT INTO "Event" ("id", "name", "subject", "at", "traceparent", "data", "copyOf")
SELECT "id", "name", "orderId", "at", "traceparent", "data", "id" FROM "Outbox" ORDER BY "stamp", "id";

-- RedefineTables
CREATE TABLE "new_Outbox" (
    "event" INTEGER NOT NULL,
    "queue" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "stamp" BIGINT NOT NULL,
    "pushes" INTEGER NOT NULL,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "enqueuedAt" BIGINT NOT NULL,

    PRIMARY KEY ("event", "queue")
);
INSERT INTO "new_Outbox" ("event", "queue", "attempt", "stamp", "pushes", "crashes", "enqueuedAt")
SELECT "seq", "queue", "attempt", "stamp", "pushes", "crashes", "Outbox"."at" FROM "Outbox" JOIN "Event" ON "Event"."id" = "Outbox"."id";
DROP TABLE "Outbox";
ALTER TABLE "new_Outbox" RENAME TO "Outbox";
CREATE INDEX "Outbox_queue_stamp_event_idx" ON "Outbox"("queue", "stamp", "event");

-- AlterTable
ALTER TABLE "DeadLetter" RENAME COLUMN "orderId" TO "subject";
