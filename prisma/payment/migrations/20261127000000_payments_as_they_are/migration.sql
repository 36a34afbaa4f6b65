-- AlterTable
ALTER TABLE "Payment" ADD COLUMN "tender" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "Payment" ADD COLUMN "payBy" BIGINT;
ALTER TABLE "Payment" ADD COLUMN "sessionId" TEXT;
ALTER TABLE "Payment" ADD COLUMN "calledOff" TEXT;

-- Nobody may pay for these any more. Only cancels led here.
UPDATE "Payment" SET "calledOff" = 'cancelled' WHERE "state" IN ('cancelled', 'refunded');

-- CreateIndex: what is awaited are a few among many, and whatever is charged at once must not pay for them.
CREATE INDEX "Payment_awaited_idx" ON "Payment"("payBy") WHERE "state" IN ('challenged', 'processing');

-- CreateTable
CREATE TABLE "Refund" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "orderId" TEXT NOT NULL,
    "cents" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "asked" TEXT,
    "reason" TEXT,
    "at" BIGINT NOT NULL
);
CREATE INDEX "Refund_orderId_idx" ON "Refund"("orderId");

-- What has been refunded was refunded in full.
INSERT INTO "Refund" ("id", "orderId", "cents", "status", "at")
SELECT "refundId", "orderId", "totalCents", 'succeeded', "at" FROM "Payment" WHERE "state" = 'refunded' AND "refundId" IS NOT NULL;

-- CreateTable
CREATE TABLE "Dispute" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "orderId" TEXT NOT NULL,
    "cents" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);
CREATE INDEX "Dispute_orderId_idx" ON "Dispute"("orderId");

-- CreateTable
CREATE TABLE "Told" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);
CREATE INDEX "Told_at_idx" ON "Told"("at");
