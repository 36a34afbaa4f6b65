-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "mailbox" TEXT,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "verifiedAt" BIGINT,
    "phone" TEXT,
    "phoneVerifiedAt" BIGINT,
    "ordersByMail" INTEGER NOT NULL DEFAULT 1,
    "ordersBySms" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "bouncedAt" BIGINT,
    "isStopped" INTEGER NOT NULL DEFAULT 0,
    "stopToldAt" BIGINT,
    "deletedAt" BIGINT
);
CREATE UNIQUE INDEX "Account_mailbox_key" ON "Account"("mailbox");
CREATE INDEX "Account_phone_idx" ON "Account"("phone");

-- CreateTable
CREATE TABLE "Registration" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "account" TEXT,
    "key" TEXT,
    "fingerprint" TEXT,
    "at" BIGINT NOT NULL,
    "hasPhone" INTEGER NOT NULL,
    "mailAt" BIGINT,
    "smsAt" BIGINT,
    "smsFailedAt" BIGINT
);
CREATE UNIQUE INDEX "Registration_key_key" ON "Registration"("key");
CREATE INDEX "Registration_at_idx" ON "Registration"("at");

-- CreateTable
CREATE TABLE "Proof" (
    "digest" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "expiresAt" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "usedAt" BIGINT
);
CREATE INDEX "Proof_account_kind_idx" ON "Proof"("account", "kind");
CREATE INDEX "Proof_expiresAt_idx" ON "Proof"("expiresAt");

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "account" TEXT NOT NULL,
    "renewal" TEXT NOT NULL,
    "beganAt" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "Session_renewal_key" ON "Session"("renewal");
CREATE INDEX "Session_account_idx" ON "Session"("account");
CREATE INDEX "Session_beganAt_idx" ON "Session"("beganAt");

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
