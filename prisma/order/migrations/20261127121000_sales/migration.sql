-- AlterTable: the sale by which it was admitted; null where its customer placed it.
ALTER TABLE "Order" ADD COLUMN "sale" TEXT;

-- CreateIndex: of orders of sales, and no others.
CREATE INDEX "Order_sale_state_idx" ON "Order"("sale", "state") WHERE "sale" IS NOT NULL;

-- CreateTable: groups that did not come together. What they admit is cancelled, however late it comes.
CREATE TABLE "FailedGroup" (
    "sale" TEXT NOT NULL PRIMARY KEY,
    "isOpen" INTEGER NOT NULL,
    "at" BIGINT NOT NULL
);
CREATE INDEX "FailedGroup_open_idx" ON "FailedGroup"("sale") WHERE "isOpen" = 1;
