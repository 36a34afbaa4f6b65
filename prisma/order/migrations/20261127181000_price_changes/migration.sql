-- CreateTable
CREATE TABLE "PriceChange" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sku" TEXT NOT NULL,
    "priceCents" INTEGER NOT NULL,
    "wasCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "key" TEXT,
    "fingerprint" TEXT
);
CREATE UNIQUE INDEX "PriceChange_key_key" ON "PriceChange"("key");
