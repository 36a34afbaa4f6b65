-- AlterTable: every order came with its card, until now.
ALTER TABLE "Order" ADD COLUMN "payBy" BIGINT;
ALTER TABLE "Order" ADD COLUMN "tender" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "Order" ADD COLUMN "refundedCents" INTEGER NOT NULL DEFAULT 0;

-- A refund was of all there was.
UPDATE "Order" SET "refundedCents" = "totalCents" WHERE "state" = 'refunded';

-- Inventory does not hear of declined cards any more: stock that it still holds for one comes back when the order expires.
-- That is at once, so that no other card is charged for stock which may be sold already.
UPDATE "Order" SET "payBy" = "placedAt" WHERE "state" IN ('placed', 'reserved') OR ("state" = 'declined' AND NOT EXISTS (
  SELECT 1 FROM "TimelineEntry" WHERE "orderId" = "Order"."id" AND "event" = 'stock.released'));

-- CreateIndex: of orders that wait for their customer, and no others. Those with a good card never stand in it.
CREATE INDEX "Order_state_payBy_idx" ON "Order"("state", "payBy") WHERE "state" IN ('reserved', 'declined');

-- AlterTable: by what its answer is found; null where that is the order itself.
ALTER TABLE "IdempotencyKey" ADD COLUMN "answer" TEXT;
