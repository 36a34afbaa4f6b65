-- AlterTable
ALTER TABLE "Contact" ADD COLUMN "language" TEXT NOT NULL DEFAULT 'en';
ALTER TABLE "Contact" ADD COLUMN "account" TEXT;
-- CreateIndex: guests have no account, and must not pay for it.
CREATE INDEX "Contact_account_idx" ON "Contact"("account") WHERE "account" IS NOT NULL;

-- CreateTable
CREATE TABLE "Preference" (
    "account" TEXT NOT NULL PRIMARY KEY,
    "revision" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "phone" TEXT,
    "ordersByMail" INTEGER NOT NULL,
    "ordersBySms" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "CustomerMail" (
    "messageId" TEXT NOT NULL PRIMARY KEY,
    "subject" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "sentAt" BIGINT NOT NULL
);
CREATE INDEX "CustomerMail_subject_idx" ON "CustomerMail"("subject");

-- CreateTable
CREATE TABLE "Bounce" (
    "messageId" TEXT NOT NULL PRIMARY KEY,
    "subject" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Unsent" (
    "messageId" TEXT NOT NULL PRIMARY KEY,
    "orderId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "SmsDue" (
    "messageId" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);
CREATE INDEX "SmsDue_at_idx" ON "SmsDue"("at");

-- CreateTable
CREATE TABLE "Sms" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "subject" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "code" TEXT,
    "number" TEXT,
    "orderState" TEXT,
    "state" TEXT NOT NULL,
    "sid" TEXT,
    "errorCode" INTEGER,
    "reason" TEXT,
    "holder" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "attemptAt" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "lookAt" BIGINT
);
CREATE INDEX "Sms_sid_idx" ON "Sms"("sid");
CREATE INDEX "Sms_subject_idx" ON "Sms"("subject");
-- CreateIndex: what may still fail are a few among many.
CREATE INDEX "Sms_lookAt_idx" ON "Sms"("lookAt") WHERE "lookAt" IS NOT NULL;

-- CreateTable
CREATE TABLE "Optout" (
    "phone" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Reply" (
    "sid" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);
CREATE INDEX "Reply_at_idx" ON "Reply"("at");
