/*
  Drops the column `number` of the `Order` table: it was made of `seq`, and still is, by whoever reads it.
*/
-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Order" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "customerName" TEXT NOT NULL,
    "customerEmail" TEXT NOT NULL,
    "customerPhone" TEXT,
    "paymentMethod" TEXT NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "placedAt" DATETIME NOT NULL
);
INSERT INTO "new_Order" ("currency", "customerEmail", "customerName", "customerPhone", "id", "paymentMethod", "placedAt", "seq", "state", "totalCents") SELECT "currency", "customerEmail", "customerName", "customerPhone", "id", "paymentMethod", "placedAt", "seq", "state", "totalCents" FROM "Order";
DROP TABLE "Order";
ALTER TABLE "new_Order" RENAME TO "Order";
CREATE UNIQUE INDEX "Order_id_key" ON "Order"("id");
CREATE INDEX "Order_state_seq_idx" ON "Order"("state", "seq");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
