-- AlterTable: whose an order is, null where nobody was signed in; and what its customer reads.
ALTER TABLE "Order" ADD COLUMN "account" TEXT;
ALTER TABLE "Order" ADD COLUMN "language" TEXT NOT NULL DEFAULT 'en';
ALTER TABLE "Order" ADD COLUMN "mailbox" TEXT NOT NULL DEFAULT '';

-- As `mailboxOf` makes it: small letters, and without what stands between a + and the @.
UPDATE "Order" SET "mailbox" = lower(CASE
  WHEN instr("customerEmail", '+') BETWEEN 1 AND instr("customerEmail", '@')
  THEN substr("customerEmail", 1, instr("customerEmail", '+') - 1) || substr("customerEmail", instr("customerEmail", '@'))
  ELSE "customerEmail" END);

-- CreateIndex: each order stands in one of them, by whom it can be claimed, or whose it is.
CREATE INDEX "Order_mailbox_idx" ON "Order"("mailbox") WHERE "account" IS NULL;
CREATE INDEX "Order_account_seq_idx" ON "Order"("account", "seq") WHERE "account" IS NOT NULL;

-- CreateTable: who has signed out before the token was over.
CREATE TABLE "EndedSession" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "account" TEXT NOT NULL,
    "session" TEXT,
    "at" BIGINT NOT NULL,
    "until" BIGINT NOT NULL
);
CREATE INDEX "EndedSession_until_idx" ON "EndedSession"("until");

-- CreateTable: whose orders are nobody's data any more, also those that are claimed late.
CREATE TABLE "DeletedAccount" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);
