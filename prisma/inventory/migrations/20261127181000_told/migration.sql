-- AlterTable: what was last told of it, and when.
ALTER TABLE "Stock" ADD COLUMN "told" INTEGER;
ALTER TABLE "Stock" ADD COLUMN "toldAt" BIGINT;

-- CreateIndex: what is still to be told, and no more.
CREATE INDEX "Stock_untold_idx" ON "Stock"("sku") WHERE "told" IS DISTINCT FROM "available";
