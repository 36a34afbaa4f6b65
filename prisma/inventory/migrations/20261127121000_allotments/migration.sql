-- CreateTable: what was set aside for a sale, and what of it is free.
CREATE TABLE "Allotment" (
    "sale" TEXT NOT NULL PRIMARY KEY,
    "sku" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "free" INTEGER NOT NULL,
    CHECK ("free" >= 0 AND "free" <= "units")
);

-- AlterTable: the sale out of whose allotment it is; null where it is off the shelf.
ALTER TABLE "Reservation" ADD COLUMN "sale" TEXT;
