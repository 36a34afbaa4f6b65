-- AlterTable: the sale by which it was admitted; null where its customer placed it.
ALTER TABLE "Order" ADD COLUMN "sale" TEXT;

-- CreateIndex: of orders of sales, and no others.
CREATE INDEX "Order_sale_idx" ON "Order"("sale") WHERE "sale" IS NOT NULL;

-- CreateTable: groups that did not come together. What they admit is cancelled, however late it comes.
CREATE TABLE "FailedGroup" (
    "sale" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);
