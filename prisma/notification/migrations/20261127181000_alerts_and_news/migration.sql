-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sku" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "mailbox" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "open" TEXT,
    "timesBack" INTEGER NOT NULL,
    "priceCents" INTEGER NOT NULL,
    "asks" INTEGER NOT NULL,
    "askedAt" BIGINT NOT NULL,
    "confirmedAt" BIGINT,
    "toldAt" BIGINT
);
CREATE UNIQUE INDEX "Alert_open_key" ON "Alert"("open");
CREATE INDEX "Alert_sku_state_kind_idx" ON "Alert"("sku", "state", "kind");
CREATE INDEX "Alert_mailbox_idx" ON "Alert"("mailbox");
CREATE INDEX "Alert_askedAt_idx" ON "Alert"("askedAt");

-- CreateTable
CREATE TABLE "AlertMail" (
    "messageId" TEXT NOT NULL PRIMARY KEY,
    "alert" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "sentAt" BIGINT NOT NULL
);
CREATE INDEX "AlertMail_alert_idx" ON "AlertMail"("alert");

-- CreateTable
CREATE TABLE "Product" (
    "sku" TEXT NOT NULL PRIMARY KEY,
    "timesBack" INTEGER NOT NULL DEFAULT 0,
    "priceCents" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "isToTell" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "News" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT,
    "fingerprint" TEXT,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "language" TEXT,
    "at" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "News_key_key" ON "News"("key");
