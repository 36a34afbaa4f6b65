-- AlterTable: what was last told of it, when, and how often it was told.
ALTER TABLE "Stock" ADD COLUMN "told" INTEGER;
ALTER TABLE "Stock" ADD COLUMN "toldAt" BIGINT;
ALTER TABLE "Stock" ADD COLUMN "tellings" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex: what is still to be told, and no more.
CREATE INDEX "Stock_untold_idx" ON "Stock"("sku") WHERE "told" IS DISTINCT FROM "available";
