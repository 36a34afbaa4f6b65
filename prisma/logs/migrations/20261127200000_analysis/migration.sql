-- CreateTable
CREATE TABLE "Rollup" (
    "minute" BIGINT NOT NULL,
    "service" TEXT NOT NULL,
    "msg" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "times" TEXT,

    PRIMARY KEY ("minute", "service", "msg", "level")
);

-- CreateTable
CREATE TABLE "Progress" (
    "order" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "placedAt" BIGINT,
    "reservedAt" BIGINT,
    "paidAt" BIGINT,
    "mailedAt" BIGINT,
    "rejectedAt" BIGINT,
    "declinedAt" BIGINT,
    "expiredAt" BIGINT,
    "cancelledAt" BIGINT,
    "refundedAt" BIGINT
);
CREATE INDEX "Progress_at_idx" ON "Progress"("at");

-- CreateTable
CREATE TABLE "ErrorKind" (
    "fingerprint" TEXT NOT NULL PRIMARY KEY,
    "service" TEXT NOT NULL,
    "msg" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "place" TEXT,
    "firstAt" BIGINT NOT NULL,
    "lastAt" BIGINT NOT NULL,
    "sample" TEXT NOT NULL
);
CREATE INDEX "ErrorKind_lastAt_idx" ON "ErrorKind"("lastAt");

-- CreateTable
CREATE TABLE "ErrorCount" (
    "minute" BIGINT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("minute", "fingerprint")
);

-- CreateTable
CREATE TABLE "Anomaly" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "service" TEXT NOT NULL,
    "msg" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "perMinute" INTEGER NOT NULL,
    "usualLow" INTEGER NOT NULL,
    "usualHigh" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "basis" TEXT NOT NULL,
    "since" BIGINT NOT NULL,
    "lastAt" BIGINT NOT NULL,
    "until" BIGINT
);
CREATE INDEX "Anomaly_lastAt_idx" ON "Anomaly"("lastAt");
-- CreateIndex: of each kind one may go on at a time.
CREATE UNIQUE INDEX "Anomaly_open_key" ON "Anomaly"("service", "msg", "kind") WHERE "until" IS NULL;
